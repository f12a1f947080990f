import type { Sql } from '../../kit/adapters/postgres.ts';
import type { Numbered } from './feed.ts';

export type HistoryChange = 'pending' | 'firing' | 'resolved' | 'calm' | 'acknowledged' | 'silenced' | 'unsilenced' | 'told' | 'removed';
export interface HistoryEntry {
  readonly at: number;
  readonly rule: string;
  readonly name: string;
  readonly workload: string;
  readonly change: HistoryChange;
  readonly value?: number | null;
  readonly person?: string;
  readonly reason?: string;
}
export type KeptEntry = Omit<Row, 'id' | 'at'> & { readonly id: number; readonly at: number };
interface Row { readonly id: string; readonly at: string; readonly rule: string; readonly name: string; readonly workload: string; readonly change: HistoryChange; readonly value: number | null; readonly person: string | null; readonly reason: string | null }

/** One writer at a time, of all processes: ids are then committed in their order, and who follows them misses none. Before anything else is locked. */
export async function lockHistory(sql: Sql): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtext('monitoring.alert_history'))`);
}

/** @param sql a transaction that called `lockHistory` */
export async function writeHistory(sql: Sql, { at, rule, name, workload, change, value, person, reason }: HistoryEntry): Promise<void> {
  await sql.query(
    'insert into alert_history (at_ms, rule, name, workload, change, value, person, reason) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [at, rule, name, workload, change, value ?? null, person ?? null, reason ?? null],
  );
}

/** Newest first; `before` is the id of the last one that was seen. */
export async function readHistory(sql: Sql, { limit, before, rule }: { readonly limit: number; readonly before?: number | undefined; readonly rule?: string | undefined }) {
  const rows = await sql.query<Row>(
    `select id, at_ms as at, rule, name, workload, change, value, person, reason from alert_history
     where ($2::bigint is null or id < $2) and ($3::text is null or rule = $3) order by id desc limit $1`,
    [limit, before ?? null, rule ?? null],
  );
  return rows.map(entryOf);
}
const entryOf = ({ id, at, ...rest }: Row): KeptEntry => ({ ...rest, id: Number(id), at: Number(at) });

/** The history for those who follow it. */
export function historyFeed(sql: Sql): Numbered<KeptEntry> {
  return {
    async bounds() {
      const [row] = await sql.query<{ oldest: string | null; newest: string | null }>('select min(id) as oldest, max(id) as newest from alert_history');
      return { oldest: Number(row?.oldest ?? 0), newest: Number(row?.newest ?? 0) };
    },
    async since(after, upTo, limit) {
      return (await sql.query<Row>(`select id, at_ms as at, rule, name, workload, change, value, person, reason from alert_history where id > $1 and id <= $2 order by id limit $3`, [after, upTo, limit])).map(entryOf);
    },
  };
}

/** How long a change of state is known: as long as the coarsest figures, about. */
export const HISTORY_DAYS = 90;
export async function forgetHistory(sql: Sql, now: number): Promise<void> {
  const old = now - HISTORY_DAYS * 86_400_000;
  await sql.query('delete from alert_history where at_ms < $1', [old]);
  await sql.query('delete from silences where ends_ms < $1', [old]);
  await sql.query('delete from alert_messages where sent_ms < $1', [old]);
}
