import { ExportResultCode, type ExportResult } from '@opentelemetry/core';

interface Exporter<Batch> {
  export(batch: Batch, done: (result: ExportResult) => void): void;
  shutdown(): Promise<void>;
  forceFlush?(): Promise<void>;
}
export interface Patience {
  /** How long a batch is kept for a monitoring that is away. */
  readonly totalMs: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
}
/** The time of a restart, with room. Meanwhile new spans wait in the processor's bounded queue. */
const PATIENCE: Patience = { totalMs: 60_000, firstWaitMs: 250, longestWaitMs: 2000 };

/**
 * An exporter that offers a batch again until it is taken, refused for good, or the time is over. The batch processors
 * of the SDK drop a batch at its first failure, so a monitoring that restarts would leave holes in journeys; offering
 * twice is safe, since monitoring stores a span once (by its id).
 */
export function patient<Batch, E extends Exporter<Batch>>(inner: E, { totalMs, firstWaitMs, longestWaitMs }: Patience = PATIENCE): E {
  const waiting = new Set<() => void>();
  let closed = false;
  const offer = (batch: Batch, done: (result: ExportResult) => void, waitMs: number, end: number): void => {
    inner.export(batch, (result) => {
      if (result.code === ExportResultCode.SUCCESS || closed || performance.now() + waitMs > end || isFinal(result.error)) return done(result);
      const again = () => {
        clearTimeout(timer);
        waiting.delete(again);
        offer(batch, done, Math.min(waitMs * 2, longestWaitMs), end);
      };
      const timer = setTimeout(again, waitMs).unref();
      waiting.add(again);
    });
  };
  return {
    export: (batch: Batch, done: (result: ExportResult) => void) => offer(batch, done, firstWaitMs, performance.now() + totalMs),
    // One last try for what waits: the process is about to end.
    async shutdown() {
      closed = true;
      for (const again of waiting) again();
      await inner.shutdown();
    },
    forceFlush: async () => inner.forceFlush?.(),
  } as unknown as E;
}

/** Refused for what it is, not for when it came: 408 and 429 are about time (OTLP specification, failures). */
function isFinal(error: Error | undefined): boolean {
  const code = error && 'code' in error ? error.code : undefined;
  return typeof code === 'number' && code >= 400 && code < 500 && code !== 408 && code !== 429;
}
