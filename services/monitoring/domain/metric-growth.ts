import type { Exemplar, Point, Series, SeriesBook } from './metric.ts';
import type { Exposition, Reading } from './metric-text.ts';

/** What has happened to a series since the look before. */
export interface Growth {
  readonly series: Series;
  readonly point: Point;
  readonly exemplars: readonly Exemplar[];
}
interface Before { value: number; sum: number; buckets: readonly number[] }

/** A process that is so young at its first look is counted from its start; of an older one nobody knows what was counted already. */
const YOUNG_SECONDS = 15;
/** Releases that share an address are told apart by when they started. */
const PROCESSES = 8;

/** Looks at one target again and again. @param book makes series, and refuses what is too many */
export function openGrowth(service: string, book: SeriesBook) {
  const processes = new Map<number, Map<Series, Before>>();

  /** @param writtenUntil unix seconds of the newest window in the store: what began later cannot be in it */
  return (exposition: Exposition, nowSeconds: number, writtenUntil: number): { readonly grown: readonly Growth[]; readonly refused: number } => {
    const { startedAt, readings } = exposition;
    const known = processes.get(startedAt);
    const fromZero = known !== undefined || (nowSeconds - startedAt <= YOUNG_SECONDS && startedAt > writtenUntil);
    const before = known ?? new Map<Series, Before>();
    // The one that was looked at last comes last.
    processes.delete(startedAt);
    processes.set(startedAt, before);
    const [oldest] = processes.keys();
    if (processes.size > PROCESSES && oldest !== undefined) processes.delete(oldest);
    let refused = 0;
    const grown = readings.flatMap((reading): Growth[] => {
      const series = book.find(service, reading.name, reading.kind, reading.labels, reading.kind === 'histogram' ? reading.bounds : []);
      if (!series) {
        refused += 1;
        return [];
      }
      return growthOf(series, reading, before, fromZero, nowSeconds);
    });
    return { grown, refused };
  };
}

function growthOf(series: Series, reading: Reading, all: Map<Series, Before>, fromZero: boolean, nowSeconds: number): Growth[] {
  if (reading.kind === 'gauge') return [{ series, point: { count: 1, sum: reading.value, max: reading.value, buckets: [] }, exemplars: [] }];
  const now: Before = reading.kind === 'histogram' ? { value: total(reading.buckets), sum: reading.sum, buckets: reading.buckets } : { value: reading.value, sum: 0, buckets: [] };
  const last = all.get(series);
  all.set(series, now);
  if (!last && !fromZero) return [];
  // Less than before: it began anew (Prometheus' rate() does the same).
  const base = last && now.value >= last.value && now.buckets.every((bucket, i) => bucket >= (last.buckets[i] ?? 0)) ? last : NOTHING;
  if (now.value === base.value) return [];
  return [{
    series,
    point: { count: now.value - base.value, sum: now.sum - base.sum, max: 0, buckets: now.buckets.map((bucket, i) => bucket - (base.buckets[i] ?? 0)) },
    // An exemplar stays in the text until the next one of its bucket: an old one was told before.
    exemplars: reading.kind === 'histogram' ? reading.exemplars.filter(({ at }) => nowSeconds - at / 1000 < 2.5) : [],
  }];
}
const NOTHING: Before = { value: 0, sum: 0, buckets: [] };
const total = (buckets: readonly number[]): number => buckets.reduce((sum, bucket) => sum + bucket, 0);
