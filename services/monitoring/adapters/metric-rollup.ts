import type { Database, Sql } from '../../kit/adapters/postgres.ts';
import { codeOf } from '../../kit/adapters/error.ts';
import type { Log } from '../../kit/log.ts';
import { LOCK } from './metric-counting.ts';

/** Adds windows up to coarser ones, and forgets what is too old. Any number of processes may do it at once. */
export interface Rollup {
  /** Some of the minutes and hours that have closed and changed, oldest first, each in a transaction of its own. @returns how many */
  round(now: number): Promise<number>;
  /** Unix seconds before which every window of this resolution is as it should be; Infinity when all are. */
  staleSince(resolution: number): Promise<number>;
  /** What is older than its resolution is kept, and series and totals that nobody tells any more. */
  forget(now: number): Promise<void>;
}
/** Seconds of one window → how long it is kept, in seconds. One-second figures are in memory only. */
export const kept: ReadonlyMap<number, number> = new Map([[10, 86_400], [60, 7 * 86_400], [3600, 70 * 86_400]]);
/** A stream that has told nothing for so long is counted anew; a process is not looked at again after a day. */
const TOTALS_SECONDS = { sent: 7 * 86_400, read: 86_400 } as const;
/** Its last window is written by then, as a rule; what comes later makes it stale again. */
const LATE = 15;
const STEPS = [[10, 60], [60, 3600]] as const;
const AT_ONCE = 120;
const SERIES_AT_ONCE = 500;
/** So many in one round, and the database is away or something is wrong with all. */
const FAILURES = 3;
const ROWS_AT_ONCE = 20_000;

export function openRollup(database: Database, log: Log): Rollup {
  async function make(fine: number, coarse: number, at: number): Promise<void> {
    await database.transaction(async (sql) => {
      await sql.query(LOCK);
      await sql.query('delete from metric_stale where resolution = $1 and at = $2', [coarse, at]);
      const all = (await sql.query<{ series: string }>('select distinct series from metric_points where resolution = $1 and at >= $2 and at < $3', [fine, at, at + coarse])).map(({ series }) => series);
      // In parts, so that no statement takes long.
      for (let from = 0; from < all.length; from += SERIES_AT_ONCE) await sql.query(ROLL_UP, [fine, coarse, at, at + coarse, all.slice(from, from + SERIES_AT_ONCE)]);
    });
  }
  return {
    async round(now) {
      const failed: unknown[] = [];
      let made = 0;
      for (const [fine, coarse] of STEPS) {
        for (const { at } of await database.query<{ at: string }>(DUE, [coarse, now - coarse - LATE, AT_ONCE, fine])) {
          try {
            await make(fine, coarse, Number(at));
          } catch (error) {
            // A figure that cannot be added up (class 22) never will be. Anything else may be over at the next round; one window holds back no other.
            if ((codeOf(error) ?? '').startsWith('22')) {
              log.error('a window of figures could not be added up and is left out', { error, seconds: coarse, at: Number(at) });
              await database.query('delete from metric_stale where resolution = $1 and at = $2', [coarse, at]);
            } else if (failed.push(error) >= FAILURES) throw error;
          }
          made += 1;
        }
      }
      if (failed.length > 0) throw failed[0];
      return made;
    },
    async staleSince(resolution) {
      const [row] = await database.query<{ at: string | null }>('select min(at) as at from metric_stale where resolution = $1', [resolution]);
      return row?.at === null || row?.at === undefined ? Infinity : Number(row.at);
    },
    async forget(now) {
      for (const [resolution, seconds] of kept) await inParts(database, FORGET, [resolution, now - seconds]);
      await database.query('delete from metric_lives where seen < $1', [now - TOTALS_SECONDS.read]);
      await inParts(database, FORGET_TOTALS, [now - TOTALS_SECONDS.read, now - TOTALS_SECONDS.sent]);
      await inParts(database, FORGET_SERIES, []);
    },
  };
}

/** So that no statement takes long. */
async function inParts(sql: Sql, text: string, params: readonly unknown[]): Promise<void> {
  for (;;) {
    const [row] = await sql.query<{ rows: string }>(`with gone as (${text} limit ${ROWS_AT_ONCE}) returning 1) select count(*) as rows from gone`, params);
    if (Number(row?.rows ?? 0) < ROWS_AT_ONCE) return;
  }
}

/** An hour waits for its minutes. */
const DUE = `
select at from metric_stale s where resolution = $1 and at <= $2
and not exists (select from metric_stale f where f.resolution = $4 and f.at >= s.at and f.at < s.at + $1)
order by at limit $3`;
/** All writers become one; an exemplar is the slowest of its window. Done again it is the same. */
const ROLL_UP = `
with windows as (
  select *, at - at % $2::bigint as wide from metric_points where resolution = $1 and at >= $3 and at < $4 and series = any ($5::bigint[])
), totals as (
  select wide, series, sum(count) as count, sum(sum) as sum, max(max) as max from windows group by 1, 2
), parts as (
  select wide, series, array_agg(total order by place) as buckets from (
    select wide, series, place, sum(bucket) as total from windows cross join unnest(buckets) with ordinality as b (bucket, place) group by 1, 2, 3) each
  group by 1, 2
), slowest as (
  select distinct on (wide, series) wide, series, exemplar_at, exemplar_seconds, exemplar_trace from windows
  where exemplar_trace is not null order by wide, series, exemplar_seconds desc
)
insert into metric_points (resolution, writer, at, series, count, sum, max, buckets, exemplar_at, exemplar_seconds, exemplar_trace)
select $2::int, '', t.wide, t.series, t.count, t.sum, t.max, coalesce(p.buckets, '{}'), e.exemplar_at, e.exemplar_seconds, e.exemplar_trace
from totals t left join parts p using (wide, series) left join slowest e using (wide, series)
on conflict (resolution, at, series, writer) do update set
  count = excluded.count, sum = excluded.sum, max = excluded.max, buckets = excluded.buckets,
  exemplar_at = excluded.exemplar_at, exemplar_seconds = excluded.exemplar_seconds, exemplar_trace = excluded.exemplar_trace`;
const FORGET = 'delete from metric_points where ctid in (select ctid from metric_points where resolution = $1 and at < $2';
const FORGET_TOTALS = `
delete from metric_totals where ctid in (select t.ctid from metric_totals t
where not exists (select from metric_lives l where l.source = t.source) and t.at < case when strpos(t.source, ' ') > 0 then $1::bigint else $2::bigint end`;
const FORGET_SERIES = `
delete from metric_series where id in (select s.id from metric_series s where first_seen < now() - interval '1 hour'
and not exists (select from metric_points p where p.series = s.id) and not exists (select from metric_totals t where t.series = s.id)`;
