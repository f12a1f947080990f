import { newEvent } from '../../kit/adapters/event.ts';
import { writeOutbox } from '../../kit/adapters/outbox.ts';
import type { Sql } from '../../kit/adapters/postgres.ts';
import { requestById } from '../adapters/requests.ts';
import { advanceTo, settle, type Patch } from '../adapters/work.ts';
import { deploymentEnded } from '../contract.ts';
import type { Final } from '../domain/request.ts';
import type { Tracked } from '../domain/tracked.ts';
import type { Ways } from '../ways.ts';
import { acting } from './acting.ts';

/**
 * A request has ended: its last state, the event that says so, and what that means for the request that it takes back, all
 * in one transaction. A rollback that nobody asked for says nothing of its own: the request that it takes back does.
 */
export async function end(ways: Ways, lease: string, tracked: Tracked, status: Final, patch: Omit<Patch, 'status' | 'againMs'> = {}): Promise<void> {
  await acting(ways, tracked, `end: ${status}`, () => ways.database.transaction(async (sql) => {
    await advanceTo(sql, lease, tracked, { ...patch, status, wish: null, problem: null, againMs: null });
    await tellEnd(sql, tracked, status, patch.evidence?.[0] ?? patch.outcome ?? undefined);
    if (status === 'succeeded' && tracked.change.kind === 'rollback' && tracked.undoes === undefined) await settleTakenBack(sql, tracked, tracked.change.commit);
  }));
  ways.kit.log.info('deployment request ended', { id: tracked.request.id, status });
  ways.committed();
}

/** Says that it has ended; of a rollback that nobody asked for, by the request that it takes back. @param why it ended so */
export async function tellEnd(sql: Sql, { request, undoes }: Tracked, status: Final, why: string | undefined): Promise<void> {
  if (undoes === undefined) await announce(sql, request.id);
  else await settleUndone(sql, undoes, status, why);
}

/** Says once that a request has ended. */
export async function announce(sql: Sql, id: string): Promise<void> {
  const request = await requestById(sql, id);
  if (request !== null) await writeOutbox(sql, newEvent({ source: 'deployment', type: deploymentEnded, data: request }));
}

/** The failed request that an automatic rollback was for: taken back, or still there and in need of somebody. */
async function settleUndone(sql: Sql, id: string, status: Final, why: string | undefined): Promise<void> {
  const back = status === 'succeeded' || status === 'unchanged';
  const said = back ? 'Taken back by itself.' : `It could not be taken back by itself${why === undefined ? '' : ` (${why})`}: roll it back by hand.`;
  if (await settle(sql, id, ['failed'], { ...(back ? { status: 'rolledBack' } : {}), outcome: said })) await announce(sql, id);
}

/** The request whose commit a person has taken back. One that had not ended yet ends with that; one that is being taken back by itself stays that rollback's business. */
async function settleTakenBack(sql: Sql, { request }: Tracked, commit: string): Promise<void> {
  const [row] = await sql.query<{ readonly id: string; readonly status: string; readonly pending: boolean }>(
    `select id, status, exists (select from requests undo where undo.undoes = requests.id and undo.next_try is not null) as pending
    from requests where merge_commit = $1 and id <> $2 for update`, [commit, request.id]);
  if (row === undefined || row.pending) return;
  const ended = await settle(sql, row.id, ['merged', 'succeeded', 'failed'], { status: 'rolledBack', outcome: `Taken back by ${request.requestedBy}: ${request.reason}` });
  if (ended && row.status === 'merged') await announce(sql, row.id);
}
