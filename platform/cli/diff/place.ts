import { listOf, textOf, isRecord, textsOf, get } from '../../../policies/json.ts';
import { thingsIn, type Thing } from './things.ts';
import type { Tree, TreeFile } from './tree.ts';

/** Two trees, and what belongs to which environment in them. */
export interface Trees { readonly before: Tree; readonly after: Tree }
/** Path → content. */
export type Texts = ReadonlyMap<string, TreeFile>;

/** What applies all environments, and belongs to none: told as an environment of this name, which none can have. */
export const ARGOCD = 'argocd';
/** The windows of every environment stand in one file: each is told in its own environment. */
const ROOT_PROJECT = 'argocd/projects/root.yaml';

/** Names of everything that has a folder in `synth/` or a release file, on either side. */
export function environmentsIn({ before, after }: Trees): string[] {
  const names = [...before.marks.keys(), ...after.marks.keys()].flatMap((path) => /^synth\/([^/]+)\/./.exec(path)?.[1] ?? /^environments\/releases\/([^/]+)\.json$/.exec(path)?.[1] ?? []);
  return [...new Set(names)].toSorted();
}

/**
 * A path of the repository as it is called within its environment: `kubernetes/gateway/service.yaml`, `argocd/applications/gateway.yaml`,
 * `environments/releases/dev.json`. Undefined for what belongs to another.
 */
export function within(environment: string, path: string, known: readonly string[]): string | undefined {
  if (path === `environments/releases/${environment}.json`) return path;
  if (!path.startsWith(`synth/${ARGOCD}/`)) return path.startsWith(`synth/${environment}/`) ? path.slice(`synth/${environment}/`.length) : undefined;
  const inside = path.slice('synth/'.length);
  if (inside === ROOT_PROJECT) return inside;
  const [, owner, file] = /^argocd\/applications\/([^/]+)\/(.+)$/.exec(inside) ?? /^argocd\/(?:projects|apps)\/(([^/]+)\.yaml)$/.exec(inside)?.map((part, index) => (index === 1 ? part.replace(/\.yaml$/, '') : part)) ?? [];
  const of = owner !== undefined && owner !== ARGOCD && known.includes(owner) ? owner : ARGOCD;
  if (of !== environment) return undefined;
  return of === ARGOCD || file === undefined || !inside.startsWith('argocd/applications/') ? inside : `argocd/applications/${file}`;
}

/** The path in the repository of what is called so within an environment. */
export function fullPath(environment: string, file: string): string {
  if (file.startsWith('environments/')) return file;
  if (environment !== ARGOCD && file.startsWith('argocd/applications/')) return `synth/argocd/applications/${environment}/${file.slice('argocd/applications/'.length)}`;
  return file.startsWith('argocd/') ? `synth/${file}` : `synth/${environment}/${file}`;
}

export function pathsOf(tree: Tree, environment: string, known: readonly string[]): string[] {
  return [...tree.marks.keys()].filter((path) => within(environment, path, known) !== undefined).toSorted();
}

export function differs({ before, after }: Trees, environment: string, known: readonly string[]): boolean {
  return [...new Set([...pathsOf(before, environment, known), ...pathsOf(after, environment, known)])].some((path) => before.marks.get(path) !== after.marks.get(path));
}

/** The things of a file as far as they are this environment's. */
export function thingsOf(environment: string, known: readonly string[], file: string, content: TreeFile): readonly Thing[] {
  const things = thingsIn(file, content);
  if (file !== ROOT_PROJECT) return things;
  return things.map((thing) => (thing.kind === 'AppProject' ? { ...thing, value: windowsOf(environment, known, thing) } : thing)).filter(({ kind }) => kind === 'AppProject' || environment === ARGOCD);
}

/** Is the file shared by environments, so that its text may differ because of another? */
export const isShared = (file: string): boolean => file === ROOT_PROJECT;
/** Is what differs in a shared file told elsewhere? Another form of the same values is Argo CD's own. */
export const isElsewhere = (environment: string, file: string, before: TreeFile, after: TreeFile): boolean =>
  isShared(file) && (environment !== ARGOCD || JSON.stringify(thingsIn(file, before)) !== JSON.stringify(thingsIn(file, after)));

/** `journey-production` in a window names the environment `production`. */
function windowsOf(environment: string, known: readonly string[], { value }: Thing): Thing['value'] {
  const windows = listOf(get(value, 'spec', 'syncWindows'));
  const ownerOf = (window: unknown) => {
    const names = textsOf(get(window, 'applications'));
    return names.length === 1 ? known.find((name) => name !== ARGOCD && names[0]?.endsWith(`-${name}`)) : undefined;
  };
  if (environment !== ARGOCD) return { spec: { syncWindows: windows.filter((window) => ownerOf(window) === environment) } };
  const spec = value['spec'];
  return { ...value, ...(isRecord(spec) ? { spec: { ...spec, syncWindows: windows.filter((window) => ownerOf(window) === undefined) } } : {}) };
}

/** Which variable is bound to which knob: only the laptop's plan says so, for all environments. */
export async function knobsIn({ before, after }: Trees): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all([before, after].map(async (tree) => {
    const plans = await tree.read([...tree.marks.keys()].filter((path) => /^synth\/[^/]+\/plan\.json$/.test(path)));
    return [...plans].flatMap(([path, file]) => thingsIn(path, file).filter(({ kind }) => kind === 'process').flatMap(({ name, value }) => {
      const env = value['env'];
      return Object.entries(isRecord(env) ? env : {}).flatMap(([key, one]): [string, string][] => {
        const knob = textOf(get(one, 'knob'));
        return knob === undefined ? [] : [[`${name}.${key}`, knob]];
      });
    }));
  }));
  return new Map(found.flat());
}
