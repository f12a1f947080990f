import { openSeriesBook, type SeriesBook } from '../domain/metric.ts';
import type { SentPoint } from '../domain/otlp-metrics.ts';
import type { Told } from '../domain/told.ts';
import { AHEAD_MS } from '../domain/timely.ts';
import { openBatches } from './batches.ts';
import type { Sent } from './fresh.ts';
import type { Counting } from './metric-counting.ts';
import type { Ring } from './metric-ring.ts';

/** Of the last hour, all foreign programs together, and each: whoever holds the workloads' key could send ever new names. */
const MOST_SERIES = { all: 5000, ofService: 1000 } as const;

const AHEAD_NS = BigInt(AHEAD_MS) * 1_000_000n;

/** Points that programs send by OTLP. */
export interface Intake {
  /** Resolves after the commit. @returns how many were refused, since there are too many series */
  take(points: readonly SentPoint[], digest: Buffer): Promise<number>;
  /** Was it refused because too much waits? */
  isFull(error: unknown): boolean;
  settled(): Promise<void>;
}

/** @param ring of what was sent alone: it is in the store already, and must not be written there once more */
export function openIntake(ring: Ring, book: SeriesBook, counting: Pick<Counting, 'sent'>, now = Date.now): Intake {
  const own = openSeriesBook(MOST_SERIES.all, MOST_SERIES);
  const batches = openBatches<Sent<Told>>(async (group) => {
    const at = Math.floor(now() / 1000);
    ring.add(at, await counting.sent(at, group));
  }, ({ records }) => records.length);
  return {
    async take(points, digest) {
      const arrived = BigInt(now()) * 1_000_000n;
      const latest = arrived + AHEAD_NS;
      const records = points.flatMap(({ service, name, kind, labels, bounds, source, since, time, value, sum, buckets }): Told[] => {
        const series = own.find(service, name, kind, labels, bounds) && book.find(service, name, kind, labels, bounds);
        // A time that has not come yet would make everything after it old; a clock may be ahead by as much as for spans.
        const told = BigInt(time) === 0n || BigInt(time) > latest ? arrived : BigInt(time);
        return series ? [{ series, source, time: told, total: { value, sum, buckets }, base: null, began: Number(BigInt(since) / 1_000_000n) / 1000, neverFalls: false, exemplars: [] }] : [];
      });
      await batches.add({ digest, records });
      return points.length - records.length;
    },
    isFull: batches.isFull,
    settled: batches.settled,
  };
}
