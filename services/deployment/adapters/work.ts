import type { Database, Sql } from '../../kit/adapters/postgres.ts';
import type { Status } from '../domain/request.ts';
import type { Preparation, Tracked, Wish } from '../domain/tracked.ts';
import { columns, trackedOf, type Row } from './requests.ts';

/** A row is one process's for so long; it renews that while it works, and another one takes over when it is gone. */
export const LEASE_SECONDS = 3;

/** Takes up to `most` requests for which something is due. Any number of processes may ask: nobody gets what another one has. */
export async function claimDue(sql: Sql, lease: string, most: number): Promise<readonly Tracked[]> {
  const rows = await sql.query<Row>(
    `update requests set lease = $1, next_try = now() + interval '${String(LEASE_SECONDS)} seconds'
    where id in (select id from requests where next_try <= now() and status in ('requested', 'proposed', 'merged') order by next_try limit $2 for update skip locked)
    returning ${columns}`, [lease, most]);
  return rows.map(trackedOf);
}

/** Keeps what this process works on. */
export async function renewLeases(sql: Sql, lease: string, ids: readonly string[]): Promise<void> {
  await sql.query(`update requests set next_try = now() + interval '${String(LEASE_SECONDS)} seconds' where lease = $1 and id = any($2::uuid[])`, [lease, ids]);
}

/** The process was too slow, and another one has taken over: whatever it was about to write must not be. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** What a step changes. `undefined`: stays. `null`: removed. */
export interface Patch {
  readonly status?: Status;
  readonly summary?: string;
  readonly pull?: number;
  readonly base?: string;
  readonly head?: string;
  readonly mergeCommit?: string;
  /** It has arrived now. */
  readonly synced?: true;
  readonly outcome?: string | null;
  readonly evidence?: readonly string[];
  readonly prepared?: Readonly<Record<string, Preparation>>;
  readonly wish?: Wish | null;
  readonly problem?: string | null;
  readonly tries?: number;
  /** Look again after so long; `null`: never. @default at once */
  readonly againMs?: number | null;
  /** Go on working on it. @default false */
  readonly keep?: boolean;
}

/** Writes what a step has achieved, and gives the row back. @throws LeaseLost when it is another process's by now */
export async function advanceTo(sql: Sql, lease: string, { request: { id }, nudges }: Tracked, patch: Patch): Promise<void> {
  const { againMs = 0, keep = false } = patch;
  const params: unknown[] = [id, lease];
  const given = (value: unknown) => `$${String(params.push(value))}`;
  const sets = Object.entries(valuesOf(patch)).map(([column, value]) => `${column} = ${given(value)}`);
  // A wish that came meanwhile stays.
  if (patch.wish === null) sets.push(`wish = case when nudges > ${given(nudges)}::int then wish end`);
  if (patch.status !== undefined) sets.push('updated_at = now()');
  if (patch.mergeCommit !== undefined) sets.push('merged_at = coalesce(merged_at, now())');
  if (patch.synced === true) sets.push('synced_at = coalesce(synced_at, now())');
  // When somebody did something about it meanwhile: again at once.
  if (!keep) sets.push('lease = null', `next_try = now() + case when nudges > ${given(nudges)}::int then least(0, ${given(againMs)}::float8) else ${given(againMs)}::float8 end * interval '1 millisecond'`);
  const rows = await sql.query(`update requests set ${sets.join(', ')} where id = $1 and lease = $2 returning id`, params);
  if (rows.length === 0) throw new LeaseLost(`The request ${id} is worked on elsewhere.`);
}

/** Somebody did something about it (approved, wished): look now, or right after the present step. */
export async function nudge(sql: Sql, id: string, wish?: Wish): Promise<void> {
  await sql.query(
    `update requests set nudges = nudges + 1, next_try = case when lease is null then now() else next_try end, wish = coalesce($2, wish)
    where id = $1 and status in ('requested', 'proposed', 'merged')`, [id, wish === undefined ? null : JSON.stringify(wish)]);
}

/** The engine has something new to say about what is being rolled out. */
export async function nudgeMerged(database: Database): Promise<void> {
  await database.query(`update requests set next_try = now() where status = 'merged' and lease is null and next_try > now()`);
}

/** The queue has brought it: it begins, below the span that brought it. `false` when it had begun. */
export async function begin(sql: Sql, id: string, traceparent: string | undefined): Promise<boolean> {
  const rows = await sql.query(
    `update requests set next_try = now(), traceparent = coalesce($2, traceparent) where id = $1 and status = 'requested' and next_try = 'infinity' returning id`, [id, traceparent ?? null]);
  return rows.length === 1;
}

function valuesOf(patch: Patch): Readonly<Record<string, unknown>> {
  const { status, summary, pull, base, head, outcome, problem, tries } = patch;
  const all = {
    status, summary, pull, base, head, outcome, problem, tries, merge_commit: patch.mergeCommit,
    evidence: json(patch.evidence), prepared: json(patch.prepared), wish: patch.wish === null ? undefined : json(patch.wish),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

const json = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value));

/** Ends a request from outside its own steps, whoever works on it. `false` when it is not in one of these states. */
export async function settle(sql: Sql, id: string, from: readonly Status[], { status, outcome }: { readonly status?: Status; readonly outcome: string }): Promise<boolean> {
  const rows = await sql.query(
    `update requests set status = coalesce($3, status), outcome = $4, wish = null, problem = null, lease = null, next_try = null, updated_at = now()
    where id = $1 and status = any($2::text[]) returning id`, [id, from, status ?? null, outcome]);
  return rows.length === 1;
}

/** It had ended well, and is looked at again. `false` when it is in another state. */
export async function reopen(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.query(`update requests set status = 'merged', outcome = null, next_try = now(), tries = 0 where id = $1 and status = 'succeeded' returning id`, [id]);
  return rows.length === 1;
}

/** How getting a release ready went; whoever works on the request looks again. */
export async function notePreparation(sql: Sql, id: string, key: string, outcome: Preparation): Promise<void> {
  await sql.query('update requests set prepared = prepared || jsonb_build_object($2::text, $3::jsonb) where id = $1', [id, key, JSON.stringify(outcome)]);
  await nudge(sql, id);
}
