import { openSeriesBook, type SeriesBook } from '../domain/metric.ts';
import type { SentPoint } from '../domain/otlp-metrics.ts';
import { openBatches } from './batches.ts';
import type { Sent } from './fresh.ts';
import type { Ring } from './metric-ring.ts';
import type { openSentMetrics, SentMeasure } from './metric-sent.ts';

/** All foreign senders together: whoever holds the workloads' key could send ever new names. */
const MOST_SERIES = 5000;

/** Points that programs send by OTLP. */
export interface Intake {
  /** Resolves after the commit. @returns how many were refused, since there are too many series */
  take(points: readonly SentPoint[], digest: Buffer): Promise<number>;
  /** Was it refused because too much waits? */
  isFull(error: unknown): boolean;
  settled(): Promise<void>;
}

/** @param ring of what was sent alone: it is in the store already, and must not be written there once more */
export function openIntake(ring: Ring, book: SeriesBook, keep: ReturnType<typeof openSentMetrics>, now = () => Math.floor(Date.now() / 1000)): Intake {
  const own = openSeriesBook(MOST_SERIES);
  const batches = openBatches<Sent<SentMeasure>>(async (group) => {
    const at = now();
    ring.add(at, await keep(at, group));
  }, ({ records }) => records.length);
  return {
    async take(points, digest) {
      const records = points.flatMap((point): SentMeasure[] => {
        const { service, name, kind, labels, bounds } = point;
        const series = own.find(service, name, kind, labels, bounds) && book.find(service, name, kind, labels, bounds);
        return series ? [{ series, point }] : [];
      });
      await batches.add({ digest, records });
      return points.length - records.length;
    },
    isFull: batches.isFull,
    settled: batches.settled,
  };
}
