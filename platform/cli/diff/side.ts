import { get, isRecord, listOf, textOf, type Json } from '../../../policies/json.ts';
import type { Thing } from './things.ts';
import { thingsIn } from './things.ts';
import type { TreeFile } from './tree.ts';

/**
 * One environment at one revision, as its `journey.json` draws it. Read leniently: a revision of last year has another
 * schema, and a hostile one has none; what is not there is not there.
 */
export interface Side {
  /** Has the environment any file? */
  readonly there: boolean;
  readonly nodes: ReadonlyMap<string, Node>;
  readonly edges: readonly Edge[];
  /** Reference → name of the secret. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Things of `journey.json` with their lines: `edge/gateway.AUTH_URL auth` → `platform/workloads/gateway.ts:14`. */
  readonly lines: ReadonlyMap<string, string>;
  /** Everything in the files that differ, by `kind/name`. */
  readonly things: ReadonlyMap<string, Thing>;
}
export interface Node { readonly name: string; readonly kind: string; readonly backing?: string; readonly provider?: string; readonly contract?: string }
export interface Edge {
  readonly reference: string;
  readonly from: string;
  readonly to: string;
  /** The variable: `AUTH_URL`. */
  readonly key: string;
  readonly kind: string;
  readonly port?: { readonly name: string; readonly number: number };
  /** `NetworkPolicy/gateway-to-auth`: all that exists because of it. */
  readonly objects: readonly string[];
}

export function sideOf(journey: TreeFile | undefined, differing: readonly Thing[], there: boolean): Side {
  const parts = journey ? thingsIn('journey.json', journey) : [];
  const of = (kind: string) => parts.filter((one) => one.kind === kind).map(({ value }) => value);
  return {
    there,
    nodes: new Map(of('node').map(nodeOf).map((node) => [node.name, node])),
    edges: of('edge').map(edgeOf),
    secrets: new Map(of('secret').map((one) => [text(one, 'reference'), text(one, 'secret')])),
    lines: new Map(parts.flatMap(({ kind, name, value }): [string, string][] => {
      const line = textOf(value['declaredAt']);
      return line === undefined ? [] : [[`${kind}/${name}`, line]];
    })),
    things: new Map(differing.map((one) => [`${one.kind}/${one.name}`, one])),
  };
}

function nodeOf(one: Json): Node {
  const [backing, provider, contract] = [textOf(one['backing']), textOf(one['provider']), textOf(one['contract'])];
  return {
    name: text(one, 'name'), kind: text(one, 'kind'),
    ...(backing === undefined ? {} : { backing }), ...(provider === undefined ? {} : { provider }), ...(contract === undefined ? {} : { contract }),
  };
}

function edgeOf(one: Json): Edge {
  const reference = text(one, 'reference');
  const [name, number] = [textOf(get(one, 'port', 'name')), get(one, 'port', 'number')];
  return {
    reference, from: text(one, 'from'), to: text(one, 'to'), kind: text(one, 'kind'), key: reference.slice(reference.indexOf('.') + 1),
    ...(name !== undefined && typeof number === 'number' ? { port: { name, number } } : {}),
    objects: [...listOf(one['policies']), ...listOf(one['objects'])].flatMap((object) => (isRecord(object) ? [text(object, 'object')] : [])),
  };
}

const text = (one: Json, key: string): string => textOf(one[key]) ?? '';
