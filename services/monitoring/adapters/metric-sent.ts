import type { Database, Transaction } from '../../kit/adapters/postgres.ts';
import type { Growth } from '../domain/metric-growth.ts';
import type { Series } from '../domain/metric.ts';
import type { SentPoint } from '../domain/otlp-metrics.ts';
import { sentGrowth, type Total } from '../domain/sent-growth.ts';
import { fresh, type Sent } from './fresh.ts';
import type { MetricStore } from './metric-store.ts';

export interface SentMeasure { readonly series: Series; readonly point: SentPoint }
type Key = `${string} ${string}`;

/** Keeps what programs tell, in one transaction with what they had told before: each is counted once, whatever dies. */
export function openSentMetrics(database: Database, store: Pick<MetricStore, 'identify' | 'add'>) {
  /** @param at unix seconds in which it counts @returns what was new */
  return async (at: number, sent: readonly Sent<SentMeasure>[]): Promise<readonly Growth[]> => {
    const ids = await store.identify(sent.flatMap(({ records }) => records.map(({ series }) => series)));
    const keyOf = ({ series, point }: SentMeasure): Key => `${ids.get(series) ?? ''} ${point.since}`;
    return await database.transaction(async (sql) => {
      // One at a time, of all processes: two that read the same total would both count from it.
      await sql.query(`select pg_advisory_xact_lock(hashtext('monitoring.sent_metrics'))`);
      const measures = (await fresh(sql, sent)).flatMap(({ records }) => records);
      const told = new Set(measures.filter(({ point }) => isTotal(point)).map(keyOf));
      const totals = await totalsOf(sql, [...told]);
      const grown = measures.flatMap((measure): Growth[] => {
        const [key, { series, point }] = [keyOf(measure), measure];
        const growth = sentGrowth(point, totals.get(key));
        if (isTotal(point)) totals.set(key, { value: point.value, sum: point.sum, buckets: point.buckets });
        return growth.count === 0 ? [] : [{ series, point: growth, exemplars: [] }];
      });
      await store.add(sql, at, grown, ids);
      await keepTotals(sql, totals, at);
      return grown;
    });
  };
}

const isTotal = ({ kind, isCumulative }: SentPoint): boolean => isCumulative && kind !== 'gauge';

async function totalsOf(sql: Transaction, keys: readonly Key[]): Promise<Map<Key, Total>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<{ series: string; since: string } & Total>(
    'select t.series, t.since, t.value, t.sum, t.buckets from metric_totals t join unnest($1::text[]) as key on t.series = split_part(key, \' \', 1)::bigint and t.since = split_part(key, \' \', 2)', [keys],
  );
  return new Map(rows.map(({ series, since, ...total }) => [`${series} ${since}`, total]));
}

async function keepTotals(sql: Transaction, totals: ReadonlyMap<Key, Total>, at: number): Promise<void> {
  if (totals.size === 0) return;
  const rows = [...totals].map(([key, total]) => ({ series: key.split(' ')[0], since: key.split(' ')[1], ...total }));
  await sql.query(
    `insert into metric_totals (series, since, value, sum, buckets, at)
     select series, since, value, sum, buckets, $2 from jsonb_to_recordset($1::jsonb) as row (series bigint, since text, value double precision, sum double precision, buckets double precision[])
     on conflict (series, since) do update set value = excluded.value, sum = excluded.sum, buckets = excluded.buckets, at = excluded.at`, [JSON.stringify(rows), at],
  );
}
