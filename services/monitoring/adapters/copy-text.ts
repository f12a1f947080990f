import type { LogLine, OpenSpan, Span } from '../domain/span.ts';

/** Rows in the text format of COPY (PostgreSQL manual, COPY, "Text Format"). */
export const COPY_SPANS = 'copy spans (trace_id, span_id, parent_id, service, name, kind, started_ns, ended_ns, is_error, message, attributes, flags, extras) from stdin';
export function spanText(s: Span): string {
  return rowOf([s.traceId, s.spanId, s.parentId, s.service, s.name, s.kind, s.startedNs, s.endedNs, s.isError ? 't' : 'f', s.message, JSON.stringify(s.attributes), flagsText(s), extrasText(s)]);
}

export const COPY_OPEN = 'copy open_spans (trace_id, span_id, parent_id, service, name, kind, started_ns, attributes, flags, extras) from stdin';
export function openText(s: OpenSpan): string {
  return rowOf([s.traceId, s.spanId, s.parentId, s.service, s.name, s.kind, s.startedNs, JSON.stringify(s.attributes), flagsText(s), extrasText(s)]);
}
const flagsText = ({ flags }: OpenSpan): string | null => (flags === undefined ? null : String(flags));
const extrasText = ({ extras }: OpenSpan): string | null => (extras === undefined ? null : JSON.stringify(extras));

export const COPY_LOGS = 'copy logs (trace_id, span_id, service, level, message, at_ns, attributes) from stdin';
export function logText(l: LogLine): string {
  return rowOf([l.traceId, l.spanId, l.service, l.level, l.message, l.atNs, JSON.stringify(l.attributes)]);
}

/** Joined to pieces of some size: one row at a time would cost a packet each. */
export function* chunksOf<T>(rows: readonly T[], textOf: (row: T) => string): Generator<string, void, void> {
  for (let from = 0; from < rows.length; from += 500) yield rows.slice(from, from + 500).map(textOf).join('');
}

function rowOf(values: readonly (string | null)[]): string {
  return `${values.map((value) => value === null ? '\\N' : escaped(value)).join('\t')}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (one) => ESCAPES[one] ?? one) : text;
}
