import { differing, textIn, type Tree } from './tree.ts';
import type { Place } from './place.ts';
import type { Fact } from './proposal.ts';

/** A laptop's plan may be larger than a source file. */
const PLAN_BYTES = 4_194_304;

/** The workloads that a change is about: those it names, and those whose rendered files differ. Sorted. */
export async function workloadsOf(place: Place, before: Tree, after: Tree, facts: readonly Fact[]): Promise<readonly string[]> {
  const changed = differing(before, after).filter((path) => path.startsWith('synth/'));
  const plans = changed.filter((path) => /^synth\/[^/]+\/plan\.json$/.test(path));
  const planned = await Promise.all(plans.map(async (path) => others(processesIn(await textIn(place, before, path, PLAN_BYTES)), processesIn(await textIn(place, after, path, PLAN_BYTES)))));
  return [...new Set([
    ...facts.flatMap(({ subject }) => /^(?:release|scale)\/(.+)$/.exec(subject)?.[1] ?? []),
    ...changed.flatMap((path) => /^synth\/[^/]+\/kubernetes\/([^/]+)\//.exec(path)?.[1] ?? []).filter((name) => name !== 'shared'),
    ...planned.flat(),
  ])].toSorted();
}

function others(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name));
}

/** Each process of a plan as text. It was written by a program of the tree, and may be anything. */
function processesIn(text: string | undefined): ReadonlyMap<string, string> {
  const plan = jsonOf(text ?? '{}');
  const processes: unknown = typeof plan === 'object' && plan !== null && 'processes' in plan ? plan.processes : [];
  return new Map((Array.isArray(processes) ? processes : []).flatMap((one: unknown): [string, string][] => {
    const name: unknown = typeof one === 'object' && one !== null && 'name' in one ? one.name : undefined;
    return typeof name === 'string' && /^[a-z][a-z0-9-]{0,62}$/.test(name) ? [[name, JSON.stringify(one)]] : [];
  }));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
