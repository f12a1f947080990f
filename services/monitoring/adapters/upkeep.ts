import type { Log } from '../../kit/log.ts';
import { untraced } from '../../kit/telemetry.ts';
import type { Database, Sql } from '../../kit/adapters/postgres.ts';
import { DAY_MS } from '../domain/timely.ts';
import { openDays } from './days.ts';
import { indexClosedDays } from './trigram.ts';

export interface Upkeep {
  start(): void;
  /** One round, for tests. @returns what it did */
  round(): Promise<Done>;
  stop(): Promise<void>;
}
export interface Done { readonly dropped: readonly string[]; readonly indexed: readonly string[] }
const EVERY_MS = 600_000;
/** A lock of the database: of several processes one does the round. */
const LOCK = `hashtext('monitoring.upkeep')`;

/**
 * Looks after the days: makes those that come, indexes those that have closed, drops those that are too old. At start, then every
 * ten minutes. @param database of its own with one connection, since the lock belongs to a connection and an index takes its time
 * @param other to end what runs there
 */
export function openUpkeep(database: Database, other: Sql, log: Log, retentionDays: number, everyMs = EVERY_MS): Upkeep {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let stopped = false;
  let backend: number | undefined;
  const days = openDays(database);

  async function round(): Promise<Done> {
    await days.ahead();
    const [lock] = await database.query<{ mine: boolean; backend: number }>(`select pg_try_advisory_lock(${LOCK}) as mine, pg_backend_pid() as backend`);
    if (lock?.mine !== true) return { dropped: [], indexed: [] };
    backend = lock.backend;
    try {
      const oldest = new Date(Date.now() - retentionDays * DAY_MS).toISOString().slice(0, 10);
      const dropped = await dropDays(database, oldest);
      await dropCounts(database, retentionDays);
      return { dropped, indexed: await indexClosedDays(database, log, () => stopped) };
    } finally {
      backend = undefined;
      await database.query(`select pg_advisory_unlock(${LOCK})`);
    }
  }
  async function again(): Promise<void> {
    try {
      const { dropped, indexed } = await round();
      if (dropped.length > 0) log.info('days of telemetry were dropped', { tables: dropped, olderThanDays: retentionDays });
      if (indexed.length > 0) log.info('closed days of logs were indexed', { tables: indexed });
    } catch (error) {
      // The next round tries again; nothing else depends on it.
      if (!stopped) log.warn('the upkeep of telemetry failed', { error });
    }
    if (!stopped) timer = setTimeout(begin, everyMs).unref();
  }
  const begin = () => { running = untraced(again); };
  return {
    start: begin,
    round: () => untraced(round),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      // An index may take minutes; half of one is built anew at the next start.
      if (backend !== undefined) await untraced(() => other.query('select pg_cancel_backend($1)', [backend])).catch(() => undefined);
      await running;
    },
  };
}

const TABLES = `'^(spans|open_spans|logs)_\\d{8}$'`;
/** Every table of a day that lies before `oldest`, attached or not: a process may have died between detaching and dropping. */
const OLD = `
select c.relname as name, regexp_replace(c.relname, '_\\d{8}$', '') as parent, i.inhparent is not null as attached, coalesce(i.inhdetachpending, false) as pending
from pg_class c left join pg_inherits i on i.inhrelid = c.oid
where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname ~ ${TABLES} and right(c.relname, 8) < to_char($1::date, 'YYYYMMDD')
order by c.relname`;

async function dropDays(sql: Sql, oldest: string): Promise<readonly string[]> {
  const old = await sql.query<{ name: string; parent: string; attached: boolean; pending: boolean }>(OLD, [oldest]);
  for (const { name, parent, attached, pending } of old) {
    // Concurrently: nobody who reads or writes another day waits. The names are ours, by the pattern above.
    if (attached) await sql.query(`alter table ${parent} detach partition ${name} ${pending ? 'finalize' : 'concurrently'}`);
    await sql.query(`drop table ${name}`);
  }
  return old.map(({ name }) => name);
}

async function dropCounts(sql: Sql, retentionDays: number): Promise<void> {
  await sql.query('delete from log_counts where (width = 10 and at < extract(epoch from now()) - 86400) or at < extract(epoch from now()) - $1::bigint * 86400', [retentionDays + 1]);
  await sql.query(`delete from taken where at < now() - interval '1 day'`);
}
