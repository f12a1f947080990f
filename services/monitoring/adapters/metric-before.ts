import type { Database } from '../../kit/adapters/postgres.ts';
import type { Before } from '../domain/metric-growth.ts';
import type { Series } from '../domain/metric.ts';
import type { Measured } from '../domain/red.ts';
import type { Total } from '../domain/told.ts';
import { LOCK } from './metric-counting.ts';
import type { Points } from './metric-points.ts';
import type { SeriesRow } from './metric-series.ts';

/** What earlier lives of monitoring, and others beside this one, have counted until now. */
export interface Inherited {
  /** By workload. */
  of(service: string): Before;
  /** What of it lies in windows that are still open. */
  readonly open: readonly Measured[];
}
/** While the database is away nobody knows. */
export const NOTHING: Inherited = { of: () => ({ processes: new Map(), seen: null }), open: [] };
/** A process that nobody has seen for so long is not looked at again. */
const SEEN_SECONDS = 86_400;

/** @param from unix seconds of the oldest window that is open @param seriesOf as for points */
export async function readBefore(database: Database, points: Points, from: number, seriesOf: (row: SeriesRow) => Series | undefined): Promise<Inherited> {
  return await database.transaction(async (sql) => {
    // Both at one moment: nobody counts in between.
    await sql.query(LOCK);
    const open = await points.inherited(sql, from);
    const rows = await sql.query<Row>(
      `select l.service as owner, l.began, l.seen, s.service, s.name, s.kind, s.labels, s.bounds, t.value, t.sum, t.buckets
       from metric_lives l join metric_totals t on t.source = l.source join metric_series s on s.id = t.series where l.seen > $1`, [from - SEEN_SECONDS],
    );
    const owners = Map.groupBy(rows, ({ owner }) => owner);
    const seen = rows.reduce<number | null>((last, row) => Math.max(last ?? 0, Number(row.seen)), null);
    return { open, of: (service) => ({ seen, processes: processesOf(owners.get(service) ?? [], seriesOf) }) };
  });
}

interface Row extends SeriesRow, Total { readonly owner: string; readonly began: number; readonly seen: string }

function processesOf(rows: readonly Row[], seriesOf: (row: SeriesRow) => Series | undefined): Before['processes'] {
  const processes = new Map<number, Map<Series, Total>>();
  // The one that was seen last comes last.
  for (const row of rows.toSorted((a, b) => Number(a.seen) - Number(b.seen))) {
    const series = seriesOf(row);
    const totals = processes.get(row.began) ?? new Map<Series, Total>();
    processes.set(row.began, totals);
    if (series) totals.set(series, { value: row.value, sum: row.sum, buckets: row.buckets });
  }
  return processes;
}
