import { attribute, leaderOf, type Attributed, type Owned } from './attribute.ts';
import type { Cause, Sides } from './cause.ts';
import { causesOf } from './causes.ts';
import { compare } from './compare.ts';
import type { EnvironmentDiff } from './fact.ts';
import { factsOf, groupsOf, risksIn } from './facts.ts';
import { judge } from './findings.ts';
import { linesOf } from './lines.ts';
import { patchesOf } from './patches.ts';
import { ARGOCD, fullPath, isElsewhere, isShared, pathsOf, thingsOf, within, type Texts, type Trees } from './place.ts';
import { remaining, variablesIn } from './rest.ts';
import { sideOf, type Side } from './side.ts';
import { stackChanges } from './stack.ts';
import type { Thing } from './things.ts';
import { same, type Tree, type TreeFile } from './tree.ts';

/** One environment to compare, among all that there are. */
export interface Compared {
  readonly trees: Trees;
  readonly environment: string;
  readonly known: readonly string[];
  readonly knobOf: ReadonlyMap<string, string>;
}

/** Everything that differs in one environment, and what the policies say to it. */
export async function environmentDiff(compared: Compared): Promise<EnvironmentDiff> {
  const { environment } = compared;
  const { before, after, differing, sides, explained: _, ...facts } = await environmentFacts(compared);
  const told = (files: Texts): Texts => new Map([...files].filter(([path]) => !isShared(path) || sides.changes.some(({ file }) => file === path)));
  const diff = { ...facts, yaml: patchesOf((file) => fullPath(environment, file), told(differing[0]), told(differing[1])) };
  if (diff.facts.length === 0 || environment === ARGOCD) return diff;
  const judged = await judge(rooted(environment, before), rooted(environment, after), { before: workloadsOf(sides.before), after: workloadsOf(sides.after) });
  return { ...diff, ...judged };
}

/** The same without patches and policies, with what it was made of. */
export async function environmentFacts({ trees, environment, known, knobOf }: Compared): Promise<EnvironmentDiff & Made> {
  const [before, after] = await Promise.all([readEnvironment(trees.before, environment, known), readEnvironment(trees.after, environment, known)]);
  const differing = [otherThan(before, after), otherThan(after, before)] as const;
  const things = readingOnce((file, content) => thingsOf(environment, known, file, content));
  const { changes, moved } = compare(...differing, { things, elsewhere: (file, old, now) => isElsewhere(environment, file, old, now) });
  const side = (files: Texts, other: Texts): Side => sideOf(
    files.get('journey.json'), [...other].flatMap(([path, file]) => things(path, file)), [...files.keys()].some((path) => environment === ARGOCD || !/^(?:environments|argocd)\//.test(path)),
  );
  const sides: Sides = { environment, before: side(before, differing[0]), after: side(after, differing[1]), changes, knobOf };
  const explained = explain(sides);
  const facts = factsOf(sides, explained.causes, explained, await linesOf(explained.causes, trees));
  return { environment, facts, workloads: groupsOf(facts), risks: risksIn(facts), moved, findings: [], yaml: [], terraform: stackChanges(changes), before, after, differing, sides, explained };
}
interface Made { readonly before: Texts; readonly after: Texts; readonly differing: readonly [Texts, Texts]; readonly sides: Sides; readonly explained: Explained }
type Explained = Attributed & { readonly causes: readonly Cause[] };

/**
 * Every cause with all that it explains: what is recognized, then variables, then every other value, and last what would
 * have followed from something else; until nothing is left.
 */
function explain(sides: Sides): Explained {
  const steps: readonly ((rest: readonly Owned[]) => readonly Cause[])[] = [
    (rest) => variablesIn(rest, sides),
    (rest) => remaining(rest.filter((one) => leaderOf(one) === undefined), sides),
    (rest) => remaining(rest, sides),
  ];
  let causes = causesOf(sides);
  let attributed = attribute(sides.changes, causes);
  for (const step of steps) {
    if (attributed.rest.length === 0) break;
    causes = [...causes, ...step(attributed.rest)];
    attributed = attribute(sides.changes, causes);
  }
  return { causes, ...attributed };
}

async function readEnvironment(tree: Tree, environment: string, known: readonly string[]): Promise<Texts> {
  const files = await tree.read(pathsOf(tree, environment, known));
  return new Map([...files].map(([path, file]) => [within(environment, path, known) ?? path, file]));
}

function otherThan(files: Texts, other: Texts): Texts {
  return new Map([...files].filter(([path, file]) => !same(file, other.get(path))));
}

/** A file is parsed once, whoever asks for what it holds. */
function readingOnce(read: (file: string, content: TreeFile) => readonly Thing[]): typeof read {
  const parsed = new Map<TreeFile, Map<string, readonly Thing[]>>();
  return (file, content) => {
    const byPath = parsed.get(content) ?? new Map<string, readonly Thing[]>();
    const things = byPath.get(file) ?? read(file, content);
    parsed.set(content, byPath.set(file, things));
    return things;
  };
}

/** The files that the rules about one environment look at. */
const rooted = (environment: string, files: Texts): Texts => new Map([...files].flatMap(([path, file]) => (path.startsWith('argocd/') ? [] : [[fullPath(environment, path), file] as const])));
const workloadsOf = ({ nodes }: Side): string[] => [...nodes.values()].flatMap(({ kind, name }) => (kind === 'workload' ? [name] : []));
