import type { ReadableSpan, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace';
import { randomBytes } from 'node:crypto';

/**
 * A watched trace is one that somebody looks at while it travels: its spans are told when they begin, and leave at once when
 * they end. Its id says so, in its first four digits, so every service and every message knows without another
 * header. Only the door makes such ids (services/gateway/domain/ticket.ts); of the others one in 65,536 begins like that, which
 * costs a few more requests and nothing else. The last 14 bytes are random, as W3C Trace Context level 2 asks of the last 7.
 */
const MARK = '0b5e';

export const newWatchedTraceId = (): string => MARK + randomBytes(14).toString('hex');
export const isWatched = (traceId: string): boolean => traceId.startsWith(MARK);

/** Looked at by a person: what is under this is at once. */
export const SOON_MS = 25;
const MOST_WAITING = 512;

/**
 * Takes spans of watched traces to `exporter` when they begin (`endTime` is 0 then), and to `ended` when they end; all others go to
 * `usual`. What has ended before its beginning was told is told once.
 */
export function watchedFirst(exporter: SpanExporter, usual: SpanProcessor, ended: SpanProcessor): SpanProcessor {
  let begun: ReadableSpan[] = [];
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    timer = undefined;
    const open = begun.filter((span) => !span.ended);
    begun = [];
    // Refused or lost: the span itself comes when it ends.
    if (open.length > 0) exporter.export(open, () => undefined);
  };
  return {
    onStart(span, parent) {
      usual.onStart(span, parent);
      if (!isWatched(span.spanContext().traceId) || begun.length >= MOST_WAITING) return;
      begun.push(span);
      timer ??= setTimeout(tell, SOON_MS).unref();
    },
    onEnd: (span) => (isWatched(span.spanContext().traceId) ? ended : usual).onEnd(span),
    forceFlush: async () => {
      await Promise.all([usual.forceFlush(), ended.forceFlush()]);
    },
    async shutdown() {
      clearTimeout(timer);
      await Promise.all([usual.shutdown(), ended.shutdown()]);
    },
  };
}
