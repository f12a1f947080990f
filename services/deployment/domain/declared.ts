import type { Delivery } from './delivery.ts';

/** `synth/<environment>/journey.json` as far as this service reads it; the rest is handed on untouched. */
export interface Declared {
  readonly nodes: readonly DeclaredNode[];
}
export interface DeclaredNode {
  readonly name: string;
  readonly kind: string;
  /** Of a workload: `worktree`, a git revision, an image digest or `unbuilt`. */
  readonly release?: string;
  /** Of an image: the git revision it was built from, and who built it. */
  readonly source?: string;
  readonly provenance?: string;
  /** `platform/workloads/gateway.ts:12`. */
  readonly declaredAt?: string;
  /** Relative to `synth/<environment>/`. */
  readonly files?: readonly string[];
}
/** The same file with what a change needs to know; only the graphs of main are read so far. */
export interface Journey extends Declared {
  readonly knobs: readonly { readonly name: string; readonly about: string; readonly value: string | number; readonly declaredAt: string }[];
  readonly edges: readonly DeclaredReference[];
  readonly secrets: readonly DeclaredReference[];
  readonly delivery: Delivery;
}
/** `gateway.AUTH_URL`, and the line that says it. */
export interface DeclaredReference {
  readonly reference: string;
  readonly declaredAt: string;
  /** Files that it decides, relative to `synth/<environment>/`. */
  readonly manifests?: readonly string[];
}

/** Reads the text of a journey.json; `null` when it is none. A value of a kind that is not read is let through. */
export function journeyOf(text: string): Journey | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isDeclared(value) && isJourney(value) ? value : null;
}

/** The line of the model behind an object of a rendered file: that of its first reference, else of the workload or backing whose file it is. */
export function declaredAtOf(journey: Journey, file: string, references: readonly string[]): string | undefined {
  const declared = [...journey.edges, ...journey.secrets].find(({ reference }) => reference === references[0]);
  return declared?.declaredAt ?? journey.nodes.find(({ files = [] }) => files.includes(file))?.declaredAt;
}

/** What declares a hop: a line of the model, and the files that follow from it. */
export interface Declaration {
  /** `gateway.AUTH_URL`, or `gateway`. */
  readonly key: string;
  readonly declaredAt: string;
  readonly files: readonly string[];
}

/** By the name of a reference, or of a workload or backing; `undefined` when the environment has no such thing. */
export function declaredOf(journey: Journey, key: string): Declaration | undefined {
  const reference = [...journey.edges, ...journey.secrets].find((one) => one.reference === key);
  if (reference) return { key, declaredAt: reference.declaredAt, files: reference.manifests ?? [] };
  const node = journey.nodes.find(({ name }) => name === key);
  return node?.declaredAt === undefined ? undefined : { key, declaredAt: node.declaredAt, files: node.files ?? [] };
}

export function isDeclared(value: unknown): value is Declared {
  if (typeof value !== 'object' || value === null || !('nodes' in value) || !Array.isArray(value.nodes)) return false;
  return value.nodes.every((node: unknown) =>
    typeof node === 'object' && node !== null
    && 'name' in node && typeof node.name === 'string'
    && 'kind' in node && typeof node.kind === 'string');
}

/** What can be deployed in that environment: its workloads, not its backings. */
export function workloadsOf(declared: Declared): readonly string[] {
  return declared.nodes.filter((node) => node.kind === 'workload').map((node) => node.name);
}

/** The release of one workload; `unbuilt` when the graph names none. */
export function releaseOf(declared: Declared, workload: string): string {
  return declared.nodes.find((node) => node.kind === 'workload' && node.name === workload)?.release ?? 'unbuilt';
}

/** What its releases are: git revisions (a laptop) or images (a cluster). */
export function kindOf(declared: Declared): 'source' | 'image' {
  const releases = declared.nodes.flatMap(({ release }) => release ?? []);
  return releases.length > 0 && releases.every((release) => SOURCE.test(release)) ? 'source' : 'image';
}
const SOURCE = /^(worktree|[0-9a-f]{40})$/;

/** What is wrong with asking for this release there, with what to write instead; `null` when it fits. */
export function misfit(declared: Declared, environment: string, release: string): { readonly detail: string; readonly fix: string } | null {
  const kind = kindOf(declared);
  if ((kind === 'source') === SOURCE.test(release)) return null;
  return kind === 'source'
    ? { detail: `${environment} runs from git revisions, and ${release.slice(0, 20)}… is an image.`, fix: 'Send a revision of 40 hexadecimal digits, or "worktree".' }
    : { detail: `${environment} runs images, and ${release.slice(0, 20)} is none.`, fix: 'Send the digest of an image: "sha256:" and 64 hexadecimal digits.' };
}

function isJourney(value: object): value is Journey {
  const lists = ['knobs', 'edges', 'secrets'].map((key): unknown => Reflect.get(value, key));
  const delivery: unknown = Reflect.get(value, 'delivery');
  const approvals: unknown = typeof delivery === 'object' && delivery !== null ? Reflect.get(delivery, 'approvals') : undefined;
  return lists.every((list) => Array.isArray(list) && list.every((one: unknown) => typeof one === 'object' && one !== null && typeof Reflect.get(one, 'declaredAt') === 'string'))
    && typeof approvals === 'object' && approvals !== null && ['release', 'model'].every((key) => typeof Reflect.get(approvals, key) === 'number');
}
