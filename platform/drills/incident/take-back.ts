import { commitOf } from '../../../services/kit/git-objects.ts';
import { updateRefs } from '../../../services/kit/git-refs.ts';
import { propose } from '../../cli/propose/propose.ts';
import { requestWhen } from '../request.ts';
import { MAIN } from './plant.ts';
import type { Place } from './place.ts';
import { patiently } from './probes.ts';

const ENDED = ['succeeded', 'unchanged', 'refused', 'closed', 'failed'];

/** As anybody does who has found the commit: `POST /v1/rollbacks`, as ./journey rollback and the page of the history send it. @returns how it ended, in words */
export async function byGateway(place: Place, commit: string, reason: string): Promise<{ readonly done: boolean; readonly how: string }> {
  const asked = await patiently(() => place.person.ask('POST', '/v1/rollbacks', { environment: 'local', commit, reason }), 10);
  if (asked.status !== 202) return { done: false, how: `not taken: ${asked.status} ${String(asked.body['code'] ?? '')}` };
  const ended = await requestWhen(place.person, asked.body['id'], 120, ({ status }) => ENDED.includes(String(status)));
  return { done: ended?.seen['status'] === 'succeeded', how: ended === undefined ? 'not at its end after 120 s' : `${String(ended.seen['status'])} ${String(ended.seen['outcome'] ?? '')}`.trim() };
}

/** When the loop itself is what is broken: the revert commit, rendered anew, pushed to main. */
export async function byCommit(place: Pick<Place, 'root' | 'remote'>, commit: string, reason: string, signal: AbortSignal): Promise<{ readonly done: boolean; readonly how: string }> {
  for (;;) {
    const base = await commitOf(place.remote, MAIN) ?? '';
    const made = await propose({
      repository: place.remote, base, change: { kind: 'rollback', environment: 'local', commit }, title: `Revert ${commit.slice(0, 10)}`, reason, author: 'drill@example.com', trailers: { Undoes: commit },
    }, { root: place.root, signal });
    if (await updateRefs(place.remote, [{ ref: MAIN, from: base, to: made.commit }])) return { done: true, how: `pushed as ${made.commit.slice(0, 10)}` };
  }
}
