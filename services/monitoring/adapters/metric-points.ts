import { randomUUID } from 'node:crypto';
import type { Sql } from '../../kit/adapters/postgres.ts';
import type { Growth } from '../domain/metric-growth.ts';
import { added, type Labels, type Series } from '../domain/metric.ts';
import type { Measured } from '../domain/red.ts';
import { ADD, HEARD, INHERITED, KEEP, READ, STALE } from './metric-points.sql.ts';
import { slowest } from './metric-ring.ts';
import type { Ids, SeriesRow } from './metric-series.ts';

/** When and what, to be added up. */
export interface Grown extends Growth { readonly at: number }
/** Windows of metrics in PostgreSQL, and who wrote them: one life of monitoring, what it read apart from what was sent to it. */
export interface Points {
  /** Windows of ten seconds, whole; written again they are the same. */
  keep(sql: Sql, measured: readonly Measured[], ids: Ids): Promise<void>;
  /** Adds to what is in the windows of ten seconds. @param as what was read, or what was sent */
  add(sql: Sql, as: 'read' | 'sent', grown: readonly Grown[], ids: Ids): Promise<void>;
  /** @returns undefined when there are more than `most` */
  read(resolution: number, names: readonly string[], from: number, to: number, most?: number): Promise<readonly Measured[] | undefined>;
  /** What was sent to others since. */
  heard(from: number): Promise<readonly Measured[]>;
  /** What anybody has read since, without levels. */
  inherited(sql: Sql, from: number): Promise<readonly Measured[]>;
}
/** About 300 bytes each. */
const MOST_ROWS = 200_000;
const WINDOW = 10;

/** @param seriesOf the object that stands for a series in memory; undefined when there are too many */
export function openPoints(database: Sql, seriesOf: (row: SeriesRow) => Series | undefined): Points {
  const life = randomUUID().slice(0, 8);
  // Neither may write over the other.
  const writers = { read: life, sent: `${life}+` } as const;
  const known = new Map<string, Series>();

  const measuredOf = (rows: readonly Row[]): readonly Measured[] => rows.map((row): Measured => {
    const series = known.get(row.id) ?? seriesOf(row) ?? { key: row.id, service: row.service, name: row.name, kind: row.kind, labels: row.labels, bounds: row.bounds };
    if (known.size > MOST_ROWS) known.clear();
    known.set(row.id, series);
    return {
      at: Number(row.at), series, point: { count: row.count, sum: row.sum, max: row.max, buckets: row.buckets },
      ...(row.trace === null || row.exemplarAt === null || row.seconds === null ? {} : { exemplar: { at: row.exemplarAt, seconds: row.seconds, traceId: row.trace } }),
    };
  });
  const stale = async (sql: Sql, times: readonly number[]) => { await sql.query(STALE, [[...new Set(times)]]); };
  return {
    async keep(sql, measured, ids) {
      if (measured.length === 0) return;
      await sql.query(KEEP, [writers.read, JSON.stringify(measured.map(({ at, series, point, exemplar }) => rowOf(at, ids.get(series), point, exemplar)))]);
      await stale(sql, measured.map(({ at }) => at));
    },
    async add(sql, as, grown, ids) {
      if (grown.length === 0) return;
      // A row may be there once in a statement.
      const rows = [...Map.groupBy(grown, ({ at, series }) => `${at - (at % WINDOW)} ${ids.get(series)}`).values()].flatMap((some) => {
        const [first] = some;
        return first ? [rowOf(first.at - (first.at % WINDOW), ids.get(first.series), some.map(({ point }) => point).reduce((sum, point) => added(sum, point)), slowest(some.flatMap(({ exemplars }) => exemplars)))] : [];
      });
      await sql.query(ADD, [writers[as], JSON.stringify(rows)]);
      await stale(sql, rows.map(({ at }) => at));
    },
    async read(resolution, names, from, to, most = MOST_ROWS) {
      if (from >= to) return [];
      const rows = await database.query<Row>(READ, [resolution, names, from, to, most + 1]);
      return rows.length > most ? undefined : measuredOf(rows);
    },
    heard: async (from) => measuredOf(await database.query<Row>(HEARD, [from, writers.sent])),
    inherited: async (sql, from) => measuredOf(await sql.query<Row>(INHERITED, [from])),
  };
}

const rowOf = (at: number, series: string | undefined, point: Measured['point'], exemplar: Measured['exemplar']) => (
  { at, series, count: point.count, sum: point.sum, max: point.max, buckets: point.buckets, exemplar_at: exemplar?.at, exemplar_seconds: exemplar?.seconds, exemplar_trace: exemplar?.traceId }
);

interface Row extends SeriesRow {
  readonly at: string;
  readonly id: string;
  readonly labels: Labels;
  readonly count: number;
  readonly sum: number;
  readonly max: number;
  readonly buckets: readonly number[];
  readonly exemplarAt: number | null;
  readonly seconds: number | null;
  readonly trace: string | null;
}
