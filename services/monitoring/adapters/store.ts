import type { Database } from '../../kit/adapters/postgres.ts';
import type { LogLine, OpenSpan, Span } from '../domain/span.ts';
import { listJourneys } from './journey-list.ts';
import { SHOWN, type Store } from './journey-port.ts';

export function openStore(database: Pick<Database, 'query'>): Store {
  return {
    newest: (door, except, wanted) => listJourneys(database, door, except, wanted),
    spansOf: (traceId, most = SHOWN.spans) => database.query<Span>(SPANS, [traceId, most]),
    openSpansOf: (traceId, most = SHOWN.spans) => database.query<OpenSpan>(OPEN, [traceId, most]),
    logsOf: (traceId, most = SHOWN.logs) => database.query<LogLine>(LOGS, [traceId, most]),
  };
}

const SPANS = `
select trace_id as "traceId", span_id as "spanId", parent_id as "parentId", service, name, kind, started_ns as "startedNs",
  ended_ns as "endedNs", is_error as "isError", message, attributes
from spans where trace_id = $1 order by started_ns, span_id limit $2`;
const OPEN = `
select trace_id as "traceId", span_id as "spanId", parent_id as "parentId", service, name, kind, started_ns as "startedNs", attributes
from open_spans o where trace_id = $1 and not exists (select from spans s where s.trace_id = o.trace_id and s.span_id = o.span_id)
order by started_ns, span_id limit $2`;
const LOGS = `
select trace_id as "traceId", span_id as "spanId", service, level, message, at_ns as "atNs", attributes
from logs where trace_id = $1 order by at_ns, id limit $2`;
