import { get, textOf as asText } from '../../../policies/json.ts';
import { parseJson } from '../../../policies/json-text.ts';
import { environmentDiff } from './environment.ts';
import type { Diff, EnvironmentDiff } from './fact.ts';
import { judge } from './findings.ts';
import { ARGOCD, differs, environmentsIn, knobsIn, type Texts, type Trees } from './place.ts';
import { textOf } from './text.ts';
import type { Tree } from './tree.ts';

export interface Asked extends Trees {
  /** What the two sides are called: full commits. */
  readonly from: string;
  readonly to: string;
  /** Only this one. @default all that differ */
  readonly environment?: string | undefined;
}

/**
 * What differs between two trees, as facts that a person decides about. Pure but for reading the trees: the same two trees
 * give the same bytes on every machine with the same packages installed.
 * @throws {CliError} exit 3 when a tree is larger than anybody reads
 */
export async function diffOf({ before, after, from, to, environment }: Asked): Promise<Diff> {
  const trees = { before, after };
  const known = environmentsIn(trees);
  const names = (environment === undefined ? known : [environment]).filter((name) => differs(trees, name, known));
  if (names.length === 0) return { from, to, text: textOf([]), environments: [] };
  const [knobOf, depths] = [await knobsIn(trees), await depthsOf(trees)];
  const environments: EnvironmentDiff[] = [];
  for (const name of names.toSorted((a, b) => (depths.get(b) ?? 0) - (depths.get(a) ?? 0) || (a < b ? -1 : 1))) {
    environments.push(await environmentDiff({ trees, environment: name, known, knobOf }));
  }
  const judged = await withArgocd(trees, environments);
  return { from, to, text: textOf(judged), environments: judged };
}

/** How many environments come before each, itself counted: production is told first, and what is none last. */
async function depthsOf({ before, after }: Trees): Promise<ReadonlyMap<string, number>> {
  const comesAfter = new Map<string, string | undefined>();
  for (const tree of [before, after]) {
    const files = await tree.read([...tree.marks.keys()].filter((path) => /^synth\/[^/]+\/journey\.json$/.test(path)));
    for (const [path, file] of files) comesAfter.set(path.split('/')[1] ?? '', 'text' in file ? asText(get(parseJson(file.text).value, 'delivery', 'after')) : undefined);
  }
  return new Map([...comesAfter.keys()].map((name) => {
    const seen = new Set<string>();
    for (let at: string | undefined = name; at !== undefined && !seen.has(at); at = comesAfter.get(at)) seen.add(at);
    return [name, seen.size];
  }));
}

/** What applies an environment is judged beside all that it applies. */
async function withArgocd(trees: Trees, environments: readonly EnvironmentDiff[]): Promise<readonly EnvironmentDiff[]> {
  const isArgocd = (path: string) => path.startsWith(`synth/${ARGOCD}/`);
  const paths = [...new Set([...trees.before.marks.keys(), ...trees.after.marks.keys()])].filter((path) => isArgocd(path));
  if (paths.every((path) => trees.before.marks.get(path) === trees.after.marks.get(path)) || environments.every(({ facts }) => facts.length === 0)) return environments;
  const all = async (tree: Tree): Promise<Texts> => tree.read([...tree.marks.keys()].filter((path) => path.startsWith('synth/')));
  const { findings } = await judge(await all(trees.before), await all(trees.after), { before: [], after: [] });
  const last = environments.at(-1);
  return environments.map((one) => (one === last ? { ...one, findings: [...one.findings, ...findings.filter(({ file }) => isArgocd(file))] } : one));
}
