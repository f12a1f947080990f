import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { readJourney } from '../platform/targets/graph/journey-json.ts';
import { get } from './json.ts';
import { parseJson } from './json-text.ts';
import { manifestOf, workloadOf } from './manifest.ts';
import type { Journey, Manifest, ReadFile, Release, Rendered, Stack } from './rendered.ts';
import { breach } from './breach.ts';
import { argocdAbove, beside, isArgocd, withNeighbours } from './neighbours.ts';
import { stackOf } from './stack.ts';
import { MAX_BYTES, parseYaml } from './yaml.ts';

/** Stacks are larger than manifests: a thousand resources are two megabytes. */
const MAX_JSON_BYTES = 16 * MAX_BYTES;
/** Never ours to judge. */
const FOREIGN = ['node_modules', '.git', '.journey', '.next'];
const PARTS = ['kubernetes', 'terraform', 'observability'];
/** Argo CD leaves a file out in which this stands, and says nothing. */
const SKIPPED_BY_ARGOCD = '+argocd:skip-file-rendering';

/** What was found under the paths; `skipped` names the files that no rule is about. */
export interface ReadResult { readonly rendered: readonly Rendered[]; readonly skipped: readonly string[] }
/** What the caller knows of the platform; without it names and absences are not judged. */
export interface Known {
  /** Names of the workloads. */
  readonly workloads?: readonly string[];
  /** What the model says of an environment, by name. @default the one called production is one that people depend on */
  readonly environments?: ReadonlyMap<string, { readonly production: boolean; readonly declaredAt: string }>;
  /** Folders of environments that must be there. */
  readonly expected?: readonly string[];
}
const ASSUMED: NonNullable<Known['environments']> = new Map([['production', { production: true, declaredAt: 'environments/production.ts:1' }]]);
interface Group {
  readonly manifests: Manifest[];
  readonly stacks: Stack[];
  readonly releases: Release[];
  readonly files: ReadFile[];
  readonly paths: string[];
  journey: Journey | undefined;
  whole: boolean;
}

/**
 * Reads files and folders (relative to `root`) and groups them by environment: the folder that holds `kubernetes/`,
 * `terraform/` or `journey.json`. Loose files form one group per folder. Links are named, never followed.
 * @throws the file system's error when a path is missing
 */
export async function read(root: string, paths: readonly string[], known: Known = {}): Promise<ReadResult> {
  const { workloads = [], environments = ASSUMED, expected = [] } = known;
  const groups = new Map<string, Group>();
  const skipped: string[] = [];
  for (const folder of expected) at(groups, folder).whole = !isArgocd(folder);
  for (const path of paths) {
    for (const file of await filesIn(root, path)) {
      const group = at(groups, folderOf(file));
      if (isInside(folderOf(file), path) && file.includes('/kubernetes/')) group.whole = true;
      group.paths.push(file);
      await take(root, file, group, skipped);
    }
  }
  for (const [folder, group] of groups) {
    if (!group.journey && !group.files.some((f) => f.file.endsWith('journey.json'))) await take(root, join(folder, 'journey.json'), group, []).catch(() => undefined);
  }
  const rendered = renderedOf(groups, workloads, environments);
  const isRead = (folder: string) => paths.some((path) => isInside(folder, path));
  const others = async (folder: string) => (isRead(folder) ? [] : (await read(root, [folder], { ...known, expected: [] })).rendered);
  return { rendered: await Promise.all(rendered.map((one) => (isArgocd(one.folder) ? beside(root, one, rendered.filter((r) => isRead(r.folder)), others) : one))), skipped };
}

/**
 * The same of texts that are in memory: files of a git revision, which no work tree holds. All of an environment, or what is absent is missed.
 * @param parse for a caller that reads two revisions, which share most of their texts
 */
export function readTexts(
  files: ReadonlyMap<string, { readonly text: string } | { readonly problem: string }>, { workloads = [], environments = ASSUMED }: Known = {}, parse: typeof parseYaml = parseYaml,
): ReadResult {
  const groups = new Map<string, Group>();
  const skipped: string[] = [];
  for (const [file, content] of files) {
    const group = at(groups, folderOf(file));
    if (file.includes('/kubernetes/')) group.whole = true;
    group.paths.push(file);
    put(file, { text: '', ...content }, group, skipped, parse);
  }
  const rendered = renderedOf(groups, workloads, environments);
  return { rendered: rendered.map((one) => (isArgocd(one.folder) ? withNeighbours(one, rendered) : one)), skipped };
}

function renderedOf(groups: ReadonlyMap<string, Group>, workloads: readonly string[], environments: NonNullable<Known['environments']>): Rendered[] {
  return [...groups].filter(([folder, g]) => g.files.length > 0 || g.whole || isArgocd(folder)).map(([folder, group]): Rendered => ({
    ...group, folder, workloads, name: basename(folder), production: environments.get(basename(folder))?.production ?? false,
    declaredAt: folder.startsWith('synth/') ? environments.get(basename(folder))?.declaredAt : undefined,
  }));
}

/** The folder of the environment that a file belongs to, or its own. */
function folderOf(file: string): string {
  const parts = file.split('/');
  const part = parts.slice(0, -1).findLastIndex((p) => PARTS.includes(p));
  if (part > 0) return parts.slice(0, part).join('/');
  return argocdAbove(file) ?? dirname(file);
}

async function take(root: string, file: string, group: Group, skipped: string[]): Promise<void> {
  put(file, await textOf(resolve(root, file), file.endsWith('.json') ? MAX_JSON_BYTES : MAX_BYTES), group, skipped);
}

function put(file: string, { text, problem }: { readonly text: string; readonly problem?: string }, group: Group, skipped: string[], parse: typeof parseYaml = parseYaml): void {
  const before = group.files.length;
  const workload = workloadOf(file);
  const place = { file, object: basename(file), ...(workload === undefined ? {} : { workload }) };
  const add = (problems: readonly string[]) => group.files.push({ file, breaches: problems.map((what) => breach(place, [], what)) });
  if (problem !== undefined) add([problem]);
  else if (/\.ya?ml$/.test(file)) {
    const { documents, problems } = parse(text);
    add(text.includes(SKIPPED_BY_ARGOCD) ? [...problems, `holds ${SKIPPED_BY_ARGOCD}: Argo CD leaves the file out, and says nothing`] : problems);
    group.manifests.push(...documents.map((document, index) => manifestOf(file, index, document)));
  } else if (file.endsWith('.json')) {
    const { value, problems } = parseJson(text);
    if (problems.length > 0) add(problems);
    else takeJson(file, text, value, group, add);
  }
  if (group.files.length > before) return;
  if (file.includes('/kubernetes/') || (argocdAbove(file) !== undefined && file.endsWith('.jsonnet'))) add(['is neither YAML nor JSON: Argo CD may read it, and nothing judges it']);
  else skipped.push(file);
}

function takeJson(file: string, text: string, value: unknown, group: Group, add: (problems: readonly string[]) => void): void {
  if (file.endsWith('.tf.json')) {
    group.stacks.push(stackOf(file, value));
    add([]);
  } else if (basename(file) === 'journey.json') {
    try {
      group.journey = { ...readJourney(text), file, object: 'journey' };
      add([]);
    } catch (cause) {
      add([cause instanceof Error ? cause.message : 'not a journey.json']);
    }
  } else if (basename(dirname(file)) === 'releases') {
    group.releases.push({ file, object: 'release', environment: basename(file, '.json'), json: value });
    add([]);
  } else if (get(value, 'apiVersion') !== undefined || file.includes('/kubernetes/')) {
    group.manifests.push(manifestOf(file, 0, value));
    add([]);
  }
}

async function textOf(path: string, maxBytes: number): Promise<{ text: string; problem?: string }> {
  const stat = await lstat(path);
  if (!stat.isFile()) return { text: '', problem: 'a link or a device, not a file: put the file itself here' };
  if (stat.size > maxBytes) return { text: '', problem: `larger than ${maxBytes} bytes` };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)) };
  } catch {
    return { text: '', problem: 'not UTF-8' };
  }
}

async function filesIn(root: string, path: string): Promise<string[]> {
  const absolute = resolve(root, path);
  if (!(await lstat(absolute)).isDirectory()) return [path];
  const entries = (await readdir(absolute, { withFileTypes: true })).filter((e) => !FOREIGN.includes(e.name)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const below = await Promise.all(entries.map((e) => (e.isDirectory() ? filesIn(root, join(path, e.name)) : [join(path, e.name)])));
  return below.flat();
}

const isInside = (folder: string, path: string): boolean => !relative(path, folder).startsWith('..');

function at(groups: Map<string, Group>, folder: string): Group {
  const group = groups.get(folder) ?? { manifests: [], stacks: [], releases: [], files: [], paths: [], journey: undefined, whole: false };
  groups.set(folder, group);
  return group;
}

