import { commitOf } from '../../../services/kit/git-objects.ts';
import { updateRefs } from '../../../services/kit/git-refs.ts';
import { randomOf } from '../drill.ts';
import { answersWith } from '../request.ts';
import { until } from '../until.ts';
import { makeCommits } from './commits.ts';
import type { Incident, Seen } from './incident.ts';
import type { Place } from './place.ts';
import type { Planted } from './state.ts';

export const MAIN = 'refs/heads/main';
const [ROLLED_OUT, SHOWN] = [90, 60];

/**
 * Puts the incident on main, as somebody who may push does, and waits until people feel it.
 * @returns what was planted, and what is seen of it; `seen.well`: nothing, and then it is no incident
 */
export async function plant(place: Place, incident: Incident, seed: number, signal: AbortSignal): Promise<{ readonly planted: Planted; readonly seen: Seen }> {
  const random = randomOf(seed + 1);
  const commits = await pushed(place, incident, random, signal);
  const { release } = commits;
  if (release !== undefined && await until(ROLLED_OUT, async () => (await answersWith(place.process(incident.workload).url) === release ? true : undefined)) === undefined) {
    return { planted: { seed, ...commits }, seen: { well: true, seen: `${incident.workload} did not take the build within ${ROLLED_OUT} s` } };
  }
  let last: Seen = { well: true, seen: 'nothing' };
  await until(SHOWN, async () => {
    signal.throwIfAborted();
    last = await looked(incident, place);
    return last.well ? undefined : true;
  });
  return { planted: { seed, ...commits }, seen: last };
}

/** On top of whatever main is by then. */
async function pushed(place: Place, incident: Incident, random: () => number, signal: AbortSignal) {
  for (;;) {
    const base = await commitOf(place.remote, MAIN);
    if (base === null) throw new Error('there is no main to put it on');
    const commits = await makeCommits({ root: place.root, remote: place.remote, signal }, base, incident, random);
    if (await updateRefs(place.remote, [{ ref: MAIN, from: base, to: commits.tip }])) return commits;
  }
}

/** No answer at all is an answer, too. */
export async function looked({ probe }: Pick<Incident, 'probe'>, place: Place): Promise<Seen> {
  return probe(place).catch((error: unknown) => ({ well: false, seen: `no answer: ${error instanceof Error ? error.message : String(error)}` }));
}
