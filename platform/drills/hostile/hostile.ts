import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { randomOf, type Alone, type AloneRun } from '../drill.ts';
import { proposalOf, type Case } from './case.ts';
import { clusters } from './clusters.ts';
import { refusedInputs, takenInputs } from './inputs.ts';
import { programs } from './programs.ts';
import { repositories } from './repositories.ts';
import { changesOf, runWatched } from './run.ts';
import { trees } from './trees.ts';
import { stateOf, verdictOf, type Reference } from './verdict.ts';
import { buildWorld, type World } from './world.ts';

/** All there are, and how many of each group show that the drill works: a brief drill has 60 cases. */
const GROUPS: readonly { readonly cases: readonly Case[]; readonly brief: number }[] = [
  { cases: refusedInputs, brief: 32 }, { cases: takenInputs, brief: 3 }, { cases: trees, brief: 14 }, { cases: programs, brief: 5 }, { cases: repositories, brief: 5 }, { cases: clusters, brief: 1 },
];
/** A proposal is two processes and a few of git: two at a time keep two cores busy. */
const AT_ONCE = 2;

export const hostile: Alone = { name: 'hostile', about: 'What an enemy may send, write into a base, or put beside it: nothing of it runs, leaks or changes more than it says.', run: runHostile };

/** The proposals are made in a checkout and a repository of the drill's own. */
export async function runHostile({ io, seed, brief, check, figure }: AloneRun): Promise<void> {
  const watched = hasStrace();
  check('strace watches programs, files and connections', watched, watched ? '' : 'it is not installed: sudo .ci/servers.sh installs it');
  const world = buildWorld(io.root);
  try {
    const reference = await referenceOf(world, watched);
    const cases = chosen(randomOf(seed), brief);
    const queue = cases.entries();
    const work = async () => {
      for (const [number, one] of queue) {
        io.signal.throwIfAborted();
        const problems = await judged(world, one, watched, number + 1, reference);
        check(one.name, problems.length === 0, problems.join('; '));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const left = readdirSync(join(world.root, '.journey', 'work'));
    check('no work folder is left', left.length === 0, left.join(', '));
    figure('cases', cases.length);
  } finally {
    world.remove();
  }
}

function chosen(random: () => number, brief: boolean): readonly Case[] {
  const shuffled = <T>(all: readonly T[]): T[] => all.map((one) => ({ one, at: random() })).toSorted((a, b) => a.at - b.at).map(({ one }) => one);
  return shuffled(GROUPS.flatMap((group) => shuffled(group.cases).slice(0, brief ? group.brief : undefined)));
}

async function judged(world: World, one: Case, watched: boolean, number: number, reference: Reference): Promise<readonly string[]> {
  const prepared = one.prepare(world);
  const before = stateOf(prepared.repository ?? world.repository);
  return verdictOf(world, prepared, await runWatched(world, prepared.input, watched, number), before, reference);
}

/** The clean change, which must itself be as it should: one knob, and what is rendered from it. */
async function referenceOf(world: World, watched: boolean): Promise<Reference> {
  const { out, err } = await runWatched(world, JSON.stringify(proposalOf(world)), watched, 0);
  const commit = /"commit":"([0-9a-f]{40})"/.exec(out)?.[1];
  if (commit === undefined) throw new Error(`The clean change was not taken: ${out} ${err}`);
  const changes = changesOf(world, world.repository, world.base, commit);
  const paths = changes.map((line) => line.split(' ')[2]).join(' ');
  if (paths !== 'environments/local.ts synth/local/journey.json synth/local/plan.json') throw new Error(`The clean change changed ${paths}`);
  return changes;
}

function hasStrace(): boolean {
  try {
    execFileSync('strace', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
