import type { Growth } from '../domain/metric-growth.ts';
import { openSeriesBook, type SeriesBook } from '../domain/metric.ts';
import type { SentPoint } from '../domain/otlp-metrics.ts';
import type { Ring } from './metric-ring.ts';

/** All foreign senders together: whoever holds the workloads' key could send ever new names. */
const MOST_SERIES = 5000;

/**
 * Points that programs send by OTLP, into the same memory as what is read from workloads. Kept from the next closed window on:
 * a crash loses what came in the last seconds. @returns how many were refused, since there are too many series
 */
export function openIntake(ring: Ring, book: SeriesBook, now = () => Math.floor(Date.now() / 1000)) {
  const own = openSeriesBook(MOST_SERIES);
  const last = new Map<string, SentPoint>();

  /** What is new in a total: everything when it began anew, nothing of it at the first sight of one that is older than us. */
  function growthOf(point: SentPoint, key: string): Growth['point'] | null {
    if (point.kind === 'gauge') return { count: 1, sum: point.value, max: point.value, buckets: [] };
    if (!point.isCumulative) return { count: point.value, sum: point.sum, max: 0, buckets: point.buckets };
    const before = last.get(key);
    last.set(key, point);
    const goesOn = before !== undefined && before.since === point.since && point.value >= before.value;
    return {
      count: point.value - (goesOn ? before.value : 0), sum: point.sum - (goesOn ? before.sum : 0), max: 0,
      buckets: point.buckets.map((bucket, i) => bucket - (goesOn ? before.buckets[i] ?? 0 : 0)),
    };
  }
  return (points: readonly SentPoint[]): number => {
    let refused = 0;
    const grown = points.flatMap((point): Growth[] => {
      const { service, name, kind, labels, bounds } = point;
      const series = own.find(service, name, kind, labels, bounds) && book.find(service, name, kind, labels, bounds);
      if (!series) {
        refused += 1;
        return [];
      }
      const growth = growthOf(point, series.key);
      return growth === null || (growth.count === 0 && kind !== 'gauge') ? [] : [{ series, point: growth, exemplars: [] }];
    });
    ring.add(now(), grown);
    return refused;
  };
}
