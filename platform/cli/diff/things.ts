import { createHash } from 'node:crypto';
import { get, isRecord, listOf, textOf, type Json } from '../../../policies/json.ts';
import { parseJson } from '../../../policies/json-text.ts';
import { parseYaml } from '../../../policies/yaml.ts';
import type { TreeFile } from './tree.ts';

/** One object of one file: a manifest, a Terraform block, an entry of `journey.json`, `plan.json` or a release file. */
export interface Thing {
  /** Relative to `synth/<environment>/`; a release file with its whole path. */
  readonly file: string;
  /** `Deployment`, `aws_db_instance`, `edge`, `process`, `release`, `file`. */
  readonly kind: string;
  readonly name: string;
  readonly value: Json;
}

/** Everything in a file. What cannot be read as data is one thing of the kind `file`, so that no change of it is silent. */
export function thingsIn(file: string, content: TreeFile): readonly Thing[] {
  if ('problem' in content) return [opaque(file, content.problem, content.problem)];
  const { text } = content;
  if (/\.ya?ml$/.test(file)) {
    const { documents, problems } = parseYaml(text);
    return problems.length > 0 ? [opaque(file, `cannot be read as data (${problems.join('; ')})`, text)] : numbered(documents.map((document) => manifest(file, document)));
  }
  if (!file.endsWith('.json')) return [opaque(file, 'is neither YAML nor JSON', text)];
  const { value, problems } = parseJson(text);
  if (problems.length > 0 || !isRecord(value)) return [opaque(file, problems.length > 0 ? `cannot be read as data (${problems.join('; ')})` : 'is no JSON object', text)];
  return numbered(partsOf(file, value));
}

function partsOf(file: string, value: Json): Thing[] {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (name === 'journey.json') return journeyParts(file, value);
  if (name === 'plan.json') return listed(file, value, { processes: 'process', backings: 'backing' }, 'plan');
  if (name.endsWith('.tf.json')) return stackParts(file, value);
  if (file.startsWith('environments/releases/')) return Object.entries(value).map(([workload, one]) => ({ file, kind: 'release', name: workload, value: recordOf(one) }));
  return [value['kind'] === undefined ? { file, kind: 'json', name, value } : manifest(file, value)];
}

function journeyParts(file: string, value: Json): Thing[] {
  return listed(file, value, { nodes: 'node', edges: 'edge', secrets: 'secret', knobs: 'knob' }, 'journey')
    .flatMap((one) => (one.kind === 'journey' && isRecord(one.value['delivery'])
      ? [{ ...one, value: without(one.value, ['delivery']) }, { file, kind: 'delivery', name: 'delivery', value: one.value['delivery'] }] : [one]));
}

/** The entries of some lists as things of their own, and one for the rest. */
function listed(file: string, value: Json, lists: Readonly<Record<string, string>>, rest: string): Thing[] {
  const entries = Object.entries(lists).flatMap(([key, kind]) => listOf(value[key]).map((one) => ({ file, kind, name: nameIn(one), value: recordOf(one) })));
  return [...entries, { file, kind: rest, name: rest, value: without(value, Object.keys(lists)) }];
}

/** A scraper has one reference to many: what it reaches belongs to the name of the edge. */
function nameIn(one: unknown): string {
  const reference = textOf(get(one, 'reference'));
  const to = textOf(get(one, 'to'));
  return reference === undefined ? textOf(get(one, 'name')) ?? '' : to === undefined ? reference : `${reference} ${to}`;
}

/** `aws_db_instance.identity`, `data.x.y`, `output.x`, `provider.aws`, `terraform`: each block of a stack. */
function stackParts(file: string, value: Json): Thing[] {
  return Object.entries(value).flatMap(([block, inside]): Thing[] => {
    if (block === 'resource' || block === 'data') {
      return Object.entries(recordOf(inside)).flatMap(([type, ones]) => Object.entries(recordOf(ones)).map(([name, one]) => ({
        file, kind: block === 'data' ? `data.${type}` : type, name, value: recordOf(one),
      })));
    }
    return block === 'output' || block === 'variable' || block === 'provider' || block === 'module'
      ? Object.entries(recordOf(inside)).map(([name, one]) => ({ file, kind: block, name, value: recordOf(one) }))
      : [{ file, kind: block, name: block, value: recordOf(inside) }];
  });
}

function manifest(file: string, document: unknown): Thing {
  return { file, kind: textOf(get(document, 'kind')) ?? 'document', name: textOf(get(document, 'metadata', 'name')) ?? '', value: recordOf(document) };
}

/** Two of one name in one file: the second is `name#2`. */
function numbered(things: readonly Thing[]): Thing[] {
  const seen = new Map<string, number>();
  return things.map((one) => {
    const key = `${one.kind}/${one.name}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? one : { ...one, name: `${one.name}#${count}` };
  });
}

function opaque(file: string, why: string, text: string): Thing {
  return { file, kind: 'file', name: file, value: { unreadable: why, digest: createHash('sha256').update(text).digest('hex').slice(0, 12) } };
}

/** What is no object is kept as one, so that nothing of it is lost. */
const recordOf = (value: unknown): Json => (isRecord(value) ? value : { value });
const without = (value: Json, keys: readonly string[]): Json => Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
