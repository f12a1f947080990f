import type { ThingChange } from './compare.ts';
import type { FactKind, Risk } from './fact.ts';
import type { LeafChange } from './leaves.ts';
import type { Edge, Side } from './side.ts';

/** One environment on both sides, and all that differs. */
export interface Sides {
  readonly environment: string;
  readonly before: Side;
  readonly after: Side;
  readonly changes: readonly ThingChange[];
  /** `gateway.RATE_LIMIT_RPS` → `rateLimit`, as the laptop's plan of either side says; empty when no tree has one. */
  readonly knobOf: ReadonlyMap<string, string>;
}

/** Something that somebody decided, recognized by what it did; and how to tell which other values differ because of it. */
export interface Cause {
  readonly kind: FactKind;
  readonly subject: string;
  readonly workload?: string;
  readonly object: string;
  readonly field?: string;
  readonly from?: string;
  readonly to?: string;
  /** For people, of the two values as they may be shown: short, without secrets. */
  readonly said: (from: string | undefined, to: string | undefined) => string;
  readonly risks?: readonly Risk[];
  /** Where the model says it: a line that is known, or a property of a file that is to be looked up. */
  readonly line?: string | Wanted | undefined;
  /** Hops beyond those of the workload. */
  readonly hops?: readonly string[];
  /** Does this value differ because of it? */
  readonly claims?: (change: ThingChange, leaf: LeafChange) => boolean;
  /** Replacements in texts that it explains; together with those of others they must give the new text exactly. */
  readonly rewrites?: (change: ThingChange) => readonly (readonly [string, string])[];
  /** Does it explain that this entry of a comma-separated list is new or gone? */
  readonly explains?: (change: ThingChange, leaf: LeafChange, entry: string) => boolean;
}
/** A property of an object literal: `environments/production.ts` at `scale.gateway.max`, or the nearest above it that is there. */
export interface Wanted {
  readonly file: string;
  readonly property: readonly string[];
  readonly side: 'before' | 'after';
  /** The line where the file or the property is not there. */
  readonly otherwise?: string | undefined;
}

export type Describer = (sides: Sides) => readonly Cause[];

/** `from` and `to` as a fact has them: absent where there is nothing. */
export function ends(from: string | undefined, to: string | undefined): { readonly from?: string; readonly to?: string } {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

export const environmentFile = (environment: string): string => `environments/${environment}.ts`;
export const keysOf = (...maps: readonly ReadonlyMap<string, unknown>[]): string[] => [...new Set(maps.flatMap((map) => [...map.keys()]))];
/** The edges of both sides; the new one where both have it. */
export const edgesOf = ({ before, after }: Pick<Sides, 'before' | 'after'>): Edge[] => [...new Map([...before.edges, ...after.edges].map((edge) => [`${edge.reference} ${edge.to}`, edge])).values()];

/** Is the object one of this workload's own: in its folder, its rule, its entry in the graph, the plan or the release file? */
export function isOf(workload: string, { file, kind, name }: ThingChange): boolean {
  if (file.startsWith(`kubernetes/${workload}/`) || [`observability/${workload}.yaml`, `argocd/applications/${workload}.yaml`].includes(file)) return true;
  return ['node', 'process', 'release'].includes(kind) && name === workload;
}
/** Is it a container of this workload: of its Deployment, of its migration, or its process? */
export const runs = (workload: string, { file, kind, name }: ThingChange): boolean =>
  (kind === 'process' && name === workload) || (file.startsWith(`kubernetes/${workload}/`) && ['Deployment', 'Job'].includes(kind));
const AMOUNTS = { cpu: ['limits.cpu', 'requests.cpu'], memory: ['limits.memory', 'requests.memory'], pods: ['pods'], storage: ['requests.storage', 'persistentvolumeclaims'] } as const;
/** The amounts that a namespace may use in all follow from sizes. */
export function isQuota({ kind, file, status }: ThingChange, { path }: LeafChange, ...amounts: readonly (keyof typeof AMOUNTS)[]): boolean {
  const wanted: readonly string[] = (amounts.length > 0 ? amounts : ['cpu', 'memory', 'pods', 'storage'] as const).flatMap((amount) => AMOUNTS[amount]);
  return kind === 'ResourceQuota' && status === 'changed' && file.startsWith('kubernetes/shared/') && path[0] === 'spec' && path[1] === 'hard' && wanted.includes(path[2] ?? '');
}
export const endsWith = (leaf: LeafChange, ...tail: readonly string[]): boolean => tail.every((key, index) => leaf.path.at(index - tail.length) === key);
/** Is it below the variable of this name, in a container, an ExternalSecret, a ConfigMap or the plan? */
export function isVariable(key: string, { kind }: ThingChange, { path }: LeafChange): boolean {
  if (kind === 'process') return path[0] === 'env' && path[1] === key;
  if (kind === 'ConfigMap') return path[0] === 'data' && path[1] === key;
  if (kind === 'ExternalSecret') return path[0] === 'spec' && path[1] === 'data' && path[2] === `[${key}]`;
  const env = path.indexOf('env');
  return ['Deployment', 'Job'].includes(kind) && env !== -1 && path[env + 1] === `[${key}]`;
}
