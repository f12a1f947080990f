import { context, isSpanContextValid, trace } from '@opentelemetry/api';
import { pino, type DestinationStream } from 'pino';
import { redacted, textOf } from './redact.ts';

export type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal';
type Write = (message: string, fields?: Readonly<Record<string, unknown>>) => void;
/** One JSON line per event on stdout, with the trace and span it happened in. */
export type Log = Readonly<Record<Level, Write>>;

/** What is also sent to monitoring. */
export type LogTap = (level: Level, message: string, fields: Readonly<Record<string, unknown>>) => void;

export interface LogOptions {
  readonly service: string;
  readonly level?: Level;
  readonly tap?: LogTap;
  /** @default standard output, written at once */
  readonly destination?: DestinationStream;
}

export function openLog({ service, level = 'info', tap, destination = pino.destination({ dest: 1, sync: true }) }: LogOptions): Log {
  const out: DestinationStream = { write: (line) => destination.write(escaped(line)) };
  const logger = pino({
    level, base: { 'service.name': service }, messageKey: 'message', timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) }, mixin: ids,
  }, out);
  const write = (at: Level): Write => (message, fields = {}) => {
    if (!logger.isLevelEnabled(at)) return;
    const safe = redacted(fields);
    const shown = typeof safe === 'object' && safe !== null ? renamed(safe as Record<string, unknown>) : {};
    const text = textOf(message);
    logger[at](shown, text);
    tap?.(at, text, shown);
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error'), fatal: write('fatal') };
}

/** OpenTelemetry's field names for logs that are not OTLP. */
function ids(): { trace_id?: string; span_id?: string } {
  const at = trace.getSpanContext(context.active());
  return at && isSpanContextValid(at) ? { trace_id: at.traceId, span_id: at.spanId } : {};
}

const RESERVED = new Set(['level', 'time', 'message', 'trace_id', 'span_id', 'service.name']);
/** A field must not pose as one of the line's own: JSON parsers take the last of two equal keys. */
function renamed(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [RESERVED.has(key) ? `field.${key}` : key, value]));
}

/**
 * JSON escapes U+0000–U+001F only. C1 controls, line separators and bidirectional marks still move a terminal's
 * cursor or hide text; inside a JSON line they can only stand in strings, so escaping the line is safe.
 */
// oxlint-disable-next-line no-control-regex
const UNSAFE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
function escaped(line: string): string {
  return line.replace(UNSAFE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
