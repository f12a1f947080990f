import { TraceFlags } from '@opentelemetry/api';
import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { BatchLogRecordProcessor, type LogRecordExporter, type LogRecordProcessor } from '@opentelemetry/sdk-logs';
import { BatchSpanProcessor, type SpanExporter, type SpanProcessor } from '@opentelemetry/sdk-trace';
import type { Drops, Waiting } from './drops.ts';

/** At 10 requests per second and 8 spans each, 50 s of spans wait for a monitoring that is away; then the newest are dropped. */
const MOST = 4096;
const BATCHES = { maxQueueSize: MOST, maxExportBatchSize: 512, exportTimeoutMillis: 65_000 } as const;

/**
 * The SDK's processor, with the bound before it: the SDK's own says nothing when it drops. Ours never has more room than its,
 * since a record leaves our count only with the batch that leaves its queue, so all that is dropped is dropped here.
 */
export function boundedSpans(exporter: SpanExporter, drops: Drops, scheduledDelayMillis: number): SpanProcessor {
  const waiting = drops.queue('traces', MOST);
  const inner = new BatchSpanProcessor({ exporter: { export: told(exporter, waiting), shutdown: () => exporter.shutdown() }, ...BATCHES, scheduledDelayMillis });
  return {
    onStart: (span, parent) => inner.onStart(span, parent),
    onEnd(span) {
      // Others are never sent, and must not take a place.
      if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0 && waiting.takes()) inner.onEnd(span);
    },
    forceFlush: () => inner.forceFlush(),
    shutdown: () => inner.shutdown(),
  };
}

/** The same for log lines. */
export function boundedLines(exporter: LogRecordExporter, drops: Drops, scheduledDelayMillis: number): LogRecordProcessor {
  const waiting = drops.queue('logs', MOST);
  const inner = new BatchLogRecordProcessor({
    exporter: { export: told(exporter, waiting), shutdown: () => exporter.shutdown(), forceFlush: () => exporter.forceFlush() }, ...BATCHES, scheduledDelayMillis,
  });
  return {
    onEmit(line) {
      if (waiting.takes()) inner.onEmit(line);
    },
    forceFlush: () => inner.forceFlush(),
    shutdown: () => inner.shutdown(),
  };
}

type Export<Batch> = (batch: Batch, done: (result: ExportResult) => void) => void;

/** Exports as before, and tells what left and whether it was taken. */
function told<One>(exporter: { export: Export<One[]> }, waiting: Waiting): Export<One[]> {
  return (batch, done) => {
    waiting.left(batch.length);
    exporter.export(batch, (result) => {
      waiting.settled(batch.length, result.code === ExportResultCode.SUCCESS);
      done(result);
    });
  };
}
