import type { LogLine, OpenSpan, Span } from '../domain/span.ts';

export const openRow = (s: OpenSpan) => ({
  trace_id: s.traceId, span_id: s.spanId, parent_id: s.parentId, service: s.service, name: s.name, kind: s.kind, started_ns: s.startedNs, attributes: s.attributes,
  flags: s.flags ?? null, extras: s.extras ?? null,
});
export const spanRow = (s: Span) => ({
  trace_id: s.traceId, span_id: s.spanId, parent_id: s.parentId, service: s.service, name: s.name, kind: s.kind,
  started_ns: s.startedNs, ended_ns: s.endedNs, is_error: s.isError, message: s.message, attributes: s.attributes,
  flags: s.flags ?? null, extras: s.extras ?? null,
});

export const logRow = (l: LogLine) => ({
  trace_id: l.traceId, span_id: l.spanId, service: l.service, level: l.level, message: l.message, at_ns: l.atNs, attributes: l.attributes,
});

/** Row by row: for a batch of which some are there already. */
export const INSERT_SPANS = `
insert into spans (trace_id, span_id, parent_id, service, name, kind, started_ns, ended_ns, is_error, message, attributes, flags, extras)
select trace_id, span_id, parent_id, service, name, kind, started_ns, ended_ns, is_error, message, attributes, flags, extras
from jsonb_to_recordset($1::jsonb) as row (
  trace_id text, span_id text, parent_id text, service text, name text, kind text,
  started_ns bigint, ended_ns bigint, is_error boolean, message text, attributes jsonb, flags integer, extras jsonb)
on conflict do nothing`;
export const INSERT_OPEN = `
insert into open_spans (trace_id, span_id, parent_id, service, name, kind, started_ns, attributes, flags, extras)
select trace_id, span_id, parent_id, service, name, kind, started_ns, attributes, flags, extras
from jsonb_to_recordset($1::jsonb) as row (
  trace_id text, span_id text, parent_id text, service text, name text, kind text, started_ns bigint, attributes jsonb, flags integer, extras jsonb)
on conflict do nothing`;
/** In the transaction of the lines, so that both always agree. */
export const ADD_COUNTS = `
insert into log_counts as kept (width, at, service, trace, debug, info, warn, error, fatal)
select width, at, service, trace, debug, info, warn, error, fatal
from jsonb_to_recordset($1::jsonb) as row (width integer, at bigint, service text, trace integer, debug integer, info integer, warn integer, error integer, fatal integer)
order by width, at, service
on conflict (width, at, service) do update set trace = kept.trace + excluded.trace, debug = kept.debug + excluded.debug, info = kept.info + excluded.info,
  warn = kept.warn + excluded.warn, error = kept.error + excluded.error, fatal = kept.fatal + excluded.fatal`;
/** A line has no id that it brings with it: one that is equal to a line that is there already, is it. */
export const INSERT_NEW_LOGS = `
insert into logs (trace_id, span_id, service, level, message, at_ns, attributes)
select trace_id, span_id, service, level, message, at_ns, attributes
from jsonb_to_recordset($1::jsonb) as row (trace_id text, span_id text, service text, level text, message text, at_ns bigint, attributes jsonb)
where not exists (
  select from logs l where l.service = row.service and l.at_ns = row.at_ns and l.level = row.level and l.message = row.message
    and l.trace_id is not distinct from row.trace_id and l.span_id is not distinct from row.span_id and l.attributes = row.attributes)
returning at_ns as "atNs", service, level`;
