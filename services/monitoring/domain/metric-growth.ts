import type { Exemplar, Point, Series, SeriesBook } from './metric.ts';
import type { Exposition, Reading } from './metric-text.ts';
import { falls, since, ZERO, type Told, type Total } from './told.ts';

/** What has happened to a series since the look before. */
export interface Growth {
  readonly series: Series;
  readonly point: Point;
  readonly exemplars: readonly Exemplar[];
}
/** What one look brings. */
export interface Looked {
  readonly grown: readonly Growth[];
  /** The totals that are new or have changed. */
  readonly told: readonly Told[];
  /** Series beyond the bound. */
  readonly refused: number;
  /** The process that answered. */
  readonly source: string;
}
/** What earlier lives of monitoring have counted of one target. */
export interface Before {
  /** By when a process started: what it had told at its last look. */
  readonly processes: ReadonlyMap<number, ReadonlyMap<Series, Total>>;
  /** Unix seconds of the last look at anything; null when nothing was ever looked at, or nobody knows. */
  readonly seen: number | null;
}

/** Of a process that is so young at its first look everything is counted. */
const YOUNG_SECONDS = 15;
/** Releases and processes that share an address are told apart by when they started. */
const PROCESSES = 64;
const FRESH_SECONDS = 2.5;

export const sourceOf = (service: string, startedAt: number): string => `${service} ${startedAt}`;

/** Looks at one target again and again. @param book makes series, and refuses what is too many */
export function openGrowth(service: string, book: SeriesBook, { processes: known, seen }: Before) {
  const processes = new Map([...known].map(([startedAt, totals]) => [startedAt, new Map(totals)]));

  return (exposition: Exposition, nowSeconds: number): Looked => {
    const { startedAt, readings } = exposition;
    const before = processes.get(startedAt) ?? new Map<Series, Total>();
    // What began after anybody looked cannot have been counted; of an older one nobody knows what was.
    const fromZero = processes.has(startedAt) || nowSeconds - startedAt <= YOUNG_SECONDS || (seen !== null && startedAt > seen);
    // The one that was looked at last comes last.
    processes.delete(startedAt);
    processes.set(startedAt, before);
    const [oldest] = processes.keys();
    if (processes.size > PROCESSES && oldest !== undefined) processes.delete(oldest);
    const source = sourceOf(service, startedAt);
    const [grown, told]: [Growth[], Told[]] = [[], []];
    let refused = 0;
    for (const reading of readings) {
      const series = book.find(service, reading.name, reading.kind, reading.labels, reading.kind === 'histogram' ? reading.bounds : []);
      if (!series) {
        refused += 1;
        continue;
      }
      if (reading.kind === 'gauge') {
        grown.push({ series, point: { count: 1, sum: reading.value, max: reading.value, buckets: [] }, exemplars: [] });
        continue;
      }
      const [now, last] = [totalOf(reading), before.get(series)];
      const base = last ?? (fromZero ? ZERO : null);
      if (last && now.value === last.value) continue;
      // Without a start (an exposition that does not tell it) less than before can only be a new beginning; rate() of Prometheus says the same.
      const anew = base !== null && falls(now, base);
      if (anew && startedAt !== 0) continue;
      before.set(series, now);
      // An exemplar stays in the text until the next one of its bucket: an old one was told before.
      const exemplars = reading.kind === 'histogram' ? reading.exemplars.filter(({ at }) => nowSeconds - at / 1000 < FRESH_SECONDS) : [];
      told.push({ series, source, time: BigInt(Math.round(nowSeconds * 1000)) * 1_000_000n, total: now, base, began: startedAt, neverFalls: startedAt !== 0, exemplars });
      if (base !== null && now.value !== base.value) grown.push({ series, point: since(now, anew ? ZERO : base), exemplars });
    }
    return { grown, told, refused, source };
  };
}

function totalOf(reading: Reading): Total {
  return reading.kind === 'histogram' ? { value: reading.buckets.reduce((sum, bucket) => sum + bucket, 0), sum: reading.sum, buckets: reading.buckets } : { value: reading.value, sum: 0, buckets: [] };
}
