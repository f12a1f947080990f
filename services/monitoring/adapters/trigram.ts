import type { Log } from '../../kit/log.ts';
import type { Sql } from '../../kit/adapters/postgres.ts';

/**
 * Days of logs that have ended get an index of trigrams (pg_trgm), by which a substring is found without reading the day. Not before:
 * on a day that is written it would cost more than the rest of the write. Built concurrently, so that late lines and readers do not wait;
 * one that a crash left half-built is invalid, and built again.
 */
export async function indexClosedDays(sql: Sql, log: Log, isOver: () => boolean): Promise<readonly string[]> {
  const [extension] = await sql.query<{ schema: string }>(`select quote_ident(n.nspname) as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm'`);
  if (!extension) {
    log.warn('the extension pg_trgm is not in the database: searching for a text reads whole days', { fix: 'As the owner of the database: create extension pg_trgm' });
    return [];
  }
  const done: string[] = [];
  for (const { name, broken } of await sql.query<{ name: string; broken: boolean }>(CLOSED)) {
    if (isOver()) break;
    if (broken) await sql.query(`drop index if exists ${name}_trigram`);
    await sql.query(`create index concurrently ${name}_trigram on ${name} using gin (message ${extension.schema}.gin_trgm_ops)`);
    await sql.query(`analyze ${name}`);
    done.push(name);
  }
  return done;
}

/** A day is closed an hour after its end; lines that come later still are indexed one by one. */
const CLOSED = `
select c.relname as name, x.indexrelid is not null as broken
from pg_class c
join pg_inherits i on i.inhrelid = c.oid and i.inhparent = 'logs'::regclass
left join pg_class n on n.relnamespace = c.relnamespace and n.relname = c.relname || '_trigram'
left join pg_index x on x.indexrelid = n.oid
where c.relname ~ '^logs_\\d{8}$' and to_date(right(c.relname, 8), 'YYYYMMDD') + 1 <= (now() - interval '1 hour') at time zone 'utc'
  and coalesce(x.indisvalid, false) = false
order by c.relname desc`;
