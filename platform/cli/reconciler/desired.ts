import { isDeepStrictEqual } from 'node:util';
import type { LocalPlan, LocalProcess } from '../../targets/local/plan.ts';
import type { LocalValue } from '../../targets/local/value.ts';

export interface Plans {
  /** What the files on disk say now. */
  readonly disk: LocalPlan;
  /** What the checkout's commit says; undefined where it says nothing readable. */
  readonly head: LocalPlan | undefined;
  /** What main says. */
  readonly main: LocalPlan;
}

/**
 * What should run: what main says. Only a workload that runs from the work tree, and whose model was edited on disk without a
 * commit, is taken from there, so that a developer sees a new reference before committing it; its size and its knobs stay main's.
 */
export function desiredOf({ disk, head, main }: Plans): readonly LocalProcess[] {
  const [known, wanted] = [byName(head), byName(main)];
  const knobs = knobsOf(main);
  return disk.processes.flatMap((own): LocalProcess[] => {
    const said = wanted.get(own.name);
    const before = known.get(own.name);
    // On main and in the checkout's commit it is gone, or it was never there: added on disk alone.
    if (!said) return head === undefined || before ? [] : [own];
    const edited = head !== undefined && !isDeepStrictEqual(shapeOf(own), shapeOf(before));
    return [said.release === 'worktree' && edited ? { ...own, release: said.release, replicas: said.replicas, env: withKnobs(own.env, knobs) } : said];
  });
}

const byName = (plan: LocalPlan | undefined): ReadonlyMap<string, LocalProcess> => new Map((plan?.processes ?? []).map((one) => [one.name, one]));

/** A process without what only main decides: its release, its size and the values of knobs. */
function shapeOf(process: LocalProcess | undefined): unknown {
  if (!process) return undefined;
  const { release: _release, replicas: _replicas, ...rest } = process;
  return { ...rest, env: withKnobs(rest.env, new Map()) };
}

function knobsOf({ processes }: LocalPlan): ReadonlyMap<string, string> {
  const values = processes.flatMap(({ env }) => Object.values(env));
  return new Map(values.flatMap((value) => (value.from === 'literal' && value.knob !== undefined ? [[value.knob, value.value]] : [])));
}

/** Knobs that are not in the map become empty. */
function withKnobs(env: LocalProcess['env'], knobs: ReadonlyMap<string, string>): Record<string, LocalValue> {
  return Object.fromEntries(Object.entries(env).map(([key, value]) =>
    [key, value.from === 'literal' && value.knob !== undefined ? { ...value, value: knobs.get(value.knob) ?? (knobs.size === 0 ? '' : value.value) } : value]));
}
