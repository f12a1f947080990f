import { createHash, randomUUID } from 'node:crypto';
import type { Database, Sql } from '../../kit/adapters/postgres.ts';
import type { Growth } from '../domain/metric-growth.ts';
import { added, type Labels, type Series, type SeriesKind } from '../domain/metric.ts';
import type { Measured } from '../domain/red.ts';

/** Windows of metrics in PostgreSQL. Every method rejects with the Problem `unavailable` while the database is away. */
export interface MetricStore {
  /** One window whole; written again it is the same. */
  keep(resolution: number, measured: readonly Measured[]): Promise<void>;
  /** Adds to what is in the window of a second: for what is told once. @param sql of the transaction that remembers that it was told; @param ids of `identify` */
  add(sql: Sql, at: number, grown: readonly Growth[], ids: ReadonlyMap<Series, string>): Promise<void>;
  /** The number of each series, by which others may refer to it. */
  identify(all: readonly Series[]): Promise<ReadonlyMap<Series, string>>;
  /** @param ownUntil of what this life has written only windows before this: the rest is still in memory */
  read(resolution: number, names: readonly string[], from: number, to: number, ownUntil?: number): Promise<readonly Measured[]>;
  /** Adds windows up to those of the next resolution, for windows that begin in [from, to). */
  rollUp(fine: number, coarse: number, from: number, to: number): Promise<void>;
  /** Deletes windows older than each resolution is kept, and series without any. */
  forget(now: number): Promise<void>;
  /** Unix seconds of the newest window; 0 when there is none. */
  newest(): Promise<number>;
}

/** Seconds of one window → how long it is kept, in seconds. One-second figures are in memory only. */
export const kept: ReadonlyMap<number, number> = new Map([[10, 86_400], [60, 7 * 86_400], [3600, 70 * 86_400]]);
/** Who has told nothing for so long is counted anew. */
const TOTALS_SECONDS = 7 * 86_400;
const MOST_ROWS = 200_000;

export function openMetricStore(database: Database): MetricStore {
  const writer = randomUUID().slice(0, 8);
  // What was told is written at once, and what was read at the end of its window: neither may write over the other.
  const told = `${writer}+`;
  const ids = new Map<Series, string>();
  const known = new Map<string, Series>();

  /** Theirs alone, so that nobody else's forgetting takes them away meanwhile. */
  const numbersOf = (all: readonly Series[]) => new Map(all.flatMap((series) => {
    const id = ids.get(series);
    return id === undefined ? [] : [[series, id] as const];
  }));
  /** Made by whoever comes first. */
  async function identify(all: readonly Series[]): Promise<ReadonlyMap<Series, string>> {
    const missing = [...new Set(all)].filter((series) => !ids.has(series));
    if (missing.length === 0) return numbersOf(all);
    const byDigest = new Map(missing.map((series) => [digestOf(series), series]));
    const rows = await database.query<{ id: string; digest: string }>(IDENTIFY, [JSON.stringify([...byDigest].map(([digest, { service, name, kind, labels, bounds }]) => ({ digest: `\\x${digest}`, service, name, kind, labels, bounds })))]);
    for (const { id, digest } of rows) {
      const series = byDigest.get(digest);
      if (series) ids.set(series, id);
    }
    return numbersOf(all);
  }
  return {
    identify,
    async add(sql, at, grown, known) {
      if (grown.length === 0) return;
      const bySeries = Map.groupBy(grown, ({ series }) => series);
      // A row may be there once in a statement.
      const rows = [...bySeries].map(([series, some]) => ({ series: known.get(series), ...some.map(({ point }) => point).reduce((sum, point) => added(sum, point)) }));
      await sql.query(ADD, [at - (at % 10), told, JSON.stringify(rows)]);
    },
    async keep(resolution, measured) {
      if (measured.length === 0) return;
      await identify(measured.map(({ series }) => series));
      const rows = measured.map(({ at, series, point, exemplar }) => ({
        at, series: ids.get(series), count: point.count, sum: point.sum, max: point.max, buckets: point.buckets,
        exemplar_at: exemplar?.at, exemplar_seconds: exemplar?.seconds, exemplar_trace: exemplar?.traceId,
      }));
      await database.query(KEEP, [resolution, writer, JSON.stringify(rows)]);
    },
    async read(resolution, names, from, to, ownUntil = to) {
      const rows = await database.query<Row>(READ, [resolution, names, from, to, MOST_ROWS, ownUntil, [writer, told]]);
      return rows.map((row): Measured => {
        const series = known.get(row.id) ?? { key: row.id, service: row.service, name: row.name, kind: row.kind, labels: row.labels, bounds: row.bounds };
        known.set(row.id, series);
        return {
          at: Number(row.at), series, point: { count: row.count, sum: row.sum, max: row.max, buckets: row.buckets },
          ...(row.trace === null || row.exemplarAt === null || row.seconds === null ? {} : { exemplar: { at: row.exemplarAt, seconds: row.seconds, traceId: row.trace } }),
        };
      });
    },
    rollUp: async (fine, coarse, from, to) => { await database.query(ROLL_UP, [fine, coarse, from, to]); },
    async forget(now) {
      for (const [resolution, seconds] of kept) await database.query(FORGET, [resolution, now - seconds]);
      await database.query(FORGET_TOTALS, [now - TOTALS_SECONDS]);
      await database.query(FORGET_SERIES);
      ids.clear();
      known.clear();
    },
    async newest() {
      const [row] = await database.query<{ at: string | null }>('select max(at) as at from metric_points where resolution = 10');
      return Number(row?.at ?? 0);
    },
  };
}

const digestOf = ({ key }: Series): string => createHash('sha256').update(key).digest('hex');

interface Row {
  readonly at: string; readonly id: string; readonly service: string; readonly name: string; readonly kind: SeriesKind; readonly labels: Labels; readonly bounds: readonly number[];
  readonly count: number; readonly sum: number; readonly max: number; readonly buckets: readonly number[];
  readonly exemplarAt: number | null; readonly seconds: number | null; readonly trace: string | null;
}

const IDENTIFY = `
insert into metric_series (digest, service, name, kind, labels, bounds)
select digest::bytea, service, name, kind, labels, bounds
from jsonb_to_recordset($1::jsonb) as row (digest text, service text, name text, kind text, labels jsonb, bounds double precision[])
on conflict (digest) do update set kind = excluded.kind
returning id, encode(digest, 'hex') as digest`;
const KEEP = `
insert into metric_points (resolution, writer, at, series, count, sum, max, buckets, exemplar_at, exemplar_seconds, exemplar_trace)
select $1::int, $2::text, at, series, count, sum, max, buckets, exemplar_at, exemplar_seconds, exemplar_trace
from jsonb_to_recordset($3::jsonb) as row (
  at bigint, series bigint, count double precision, sum double precision, max double precision, buckets double precision[],
  exemplar_at double precision, exemplar_seconds double precision, exemplar_trace text)
on conflict (resolution, at, series, writer) do update set
  count = excluded.count, sum = excluded.sum, max = excluded.max, buckets = excluded.buckets,
  exemplar_at = excluded.exemplar_at, exemplar_seconds = excluded.exemplar_seconds, exemplar_trace = excluded.exemplar_trace`;
const ADD = `
insert into metric_points (resolution, writer, at, series, count, sum, max, buckets)
select 10, $2::text, $1::bigint, series, count, sum, max, buckets
from jsonb_to_recordset($3::jsonb) as row (series bigint, count double precision, sum double precision, max double precision, buckets double precision[])
on conflict (resolution, at, series, writer) do update set
  count = metric_points.count + excluded.count, sum = metric_points.sum + excluded.sum, max = greatest(metric_points.max, excluded.max),
  buckets = (select coalesce(array_agg(one + other order by place), '{}') from unnest(metric_points.buckets, excluded.buckets) with ordinality as b (one, other, place))`;
const READ = `
select p.at, s.id, s.service, s.name, s.kind, s.labels, s.bounds, p.count, p.sum, p.max, p.buckets,
  p.exemplar_at as "exemplarAt", p.exemplar_seconds as seconds, p.exemplar_trace as trace
from metric_points p join metric_series s on s.id = p.series
where p.resolution = $1 and s.name = any ($2::text[]) and p.at >= $3 and p.at < $4 and (p.at < $6 or p.writer <> all ($7::text[]))
order by p.at limit $5`;
/** All writers become one; an exemplar is the slowest of its window. Done again it is the same. */
const ROLL_UP = `
with windows as (
  select *, at - at % $2::bigint as wide from metric_points where resolution = $1 and at >= $3 and at < $4
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
const FORGET = 'delete from metric_points where resolution = $1 and at < $2';
const FORGET_TOTALS = 'delete from metric_totals where at < $1';
const FORGET_SERIES = `delete from metric_series s where first_seen < now() - interval '1 hour' and not exists (select from metric_points p where p.series = s.id)`;
