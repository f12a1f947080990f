import { context, type Context, type Logger, type Tracer } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { AlwaysOffSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { randomBytes, randomUUID } from 'node:crypto';
import { boundedLines, boundedSpans } from './bounded.ts';
import type { Drops } from './drops.ts';
import type { StandardEnv } from './env.ts';
import type { Level, LogTap } from './log.ts';
import { openOtlp, type Exporters } from './otlp.ts';
import { withException } from './exception.ts';
import { samplerOf } from './sampler.ts';
import { rootContext, useTracer } from './telemetry.ts';
import { SOON_MS, watchedFirst } from './watched.ts';

/** What records spans and log lines and takes them to monitoring, without ever being in the way of a request. */
export interface Telemetry {
  readonly tracer: Tracer;
  /** For the log: sends a line on as an OTLP log record. */
  readonly tap: LogTap;
  /** The context of a request that arrived with this traceparent. */
  arriving(traceparent: string | undefined): Context;
  /** Runs `fn`, in which a root span gets this trace id. For the door only: whoever chooses an id must know that nobody has it. */
  withTraceId<T>(traceId: string | undefined, fn: () => T): T;
  /** Sends what is buffered; resolves when it was taken, refused, or a second has passed. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const DELAY_MS = 300;
const SEVERITY: Readonly<Record<Level, number>> = { debug: 5, info: 9, warn: 13, error: 17, fatal: 21 };

/** @param traceShare of the requests that begin here and nobody watches, 0 to 1: their spans are recorded. @default all */
export function openTelemetry(
  service: string, version: string, env: StandardEnv, drops: Drops, exporters: Exporters | undefined = openOtlp(env), traceShare = 1,
): Telemetry {
  const resource = resourceFromAttributes({
    'service.name': service, 'service.version': version, 'service.instance.id': randomUUID(),
    'deployment.environment.name': env.environment, 'journey.revision': env.revision, 'journey.config_version': env.configVersion,
  });
  let chosen: string | undefined;
  const spans = new TracerProvider({
    resource,
    idGenerator: { generateTraceId: () => chosen ?? randomBytes(16).toString('hex'), generateSpanId: () => randomBytes(8).toString('hex') },
    // Without anybody to take them, none is recorded.
    sampler: exporters ? samplerOf(traceShare) : new AlwaysOffSampler(),
    spanLimits: { attributeValueLengthLimit: 4096, attributeCountLimit: 64, linkCountLimit: 32, eventCountLimit: 32 },
    spanProcessors: exporters ? [watchedFirst(exporters.spans, boundedSpans(exporters.spans, drops, DELAY_MS), boundedSpans(exporters.spans, drops, SOON_MS))] : [],
  });
  const logs = new LoggerProvider({
    resource, logRecordLimits: { attributeValueLengthLimit: 4096, attributeCountLimit: 64 },
    processors: exporters ? [boundedLines(exporters.logs, drops, DELAY_MS)] : [],
  });
  const tracer = spans.getTracer('request-journey');
  useTracer(tracer);
  return {
    tracer,
    tap: tapOf(logs.getLogger('request-journey')),
    arriving: (traceparent) => rootContext(tracer, traceparent),
    withTraceId(traceId, fn) {
      chosen = traceId;
      try {
        return fn();
      } finally {
        chosen = undefined;
      }
    },
    flush: () => within(1000, [spans.forceFlush(), logs.forceFlush()]),
    close() {
      drops.end();
      return within(1000, [spans.shutdown(), logs.shutdown()]);
    },
  };
}

function tapOf(logger: Logger): LogTap {
  return (level, message, fields) => {
    // What is said while telemetry is taken, or in rounds nobody asked for, stays on stdout: sent on, each failure to send would make the next line.
    if (isTracingSuppressed(context.active())) return;
    // Fields are already redacted JSON values; OTLP takes nested ones as text.
    const attributes = Object.fromEntries(Object.entries(withException(fields)).map(([key, value]) =>
      [key, typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : JSON.stringify(value) ?? '']));
    logger.emit({
      severityNumber: SEVERITY[level], severityText: level.toUpperCase(), body: message, attributes, timestamp: Date.now(),
      context: context.active(),
    });
  };
}

async function within(ms: number, work: readonly Promise<unknown>[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => { timer = setTimeout(resolve, ms); });
  await Promise.race([Promise.allSettled(work), limit]);
  clearTimeout(timer);
}
