import type { Database } from '../../kit/adapters/postgres.ts';
import type { Part } from '../domain/part.ts';
import type { LogLine, OpenSpan, Span } from '../domain/span.ts';
import { listJourneys } from './journey-list.ts';
import { SHOWN, type Store } from './journey-port.ts';
import { EXTRAS_BYTES, restOf, type Stored } from './stored-span.ts';

/** @param own the workloads of the model; without them the list holds only what came through the door */
export function openStore(database: Pick<Database, 'query'>, own?: readonly string[]): Store {
  return {
    sources: { hops: 'own', logs: 'own' },
    newest: (door, except, wanted) => listJourneys(database, { service: door, except, own }, wanted),
    async spansOf(traceId, { count, bytes } = SHOWN.spans) {
      return partOf(await database.query<Stored<Span> & Counted>(SPANS, [traceId, count, bytes]), ({ total: _, there: _t, flags, extras, ...span }) => ({ ...span, ...restOf({ flags, extras }) }));
    },
    async openSpansOf(traceId, { count, bytes } = SHOWN.open) {
      return partOf(await database.query<Stored<OpenSpan> & Counted>(OPEN, [traceId, count, bytes]), ({ total: _, there: _t, flags, extras, ...span }) => ({ ...span, ...restOf({ flags, extras }) }));
    },
    async logsOf(traceId, { count, bytes } = SHOWN.logs) {
      return partOf(await database.query<LogLine & Counted>(LOGS, [traceId, count, bytes]), ({ total: _, there: _t, ...line }) => line);
    },
  };
}

/** Counted in the same statement, so that a span which arrives meanwhile is in both or in neither. Where even the first is too large, one row that holds nothing else tells the total. */
interface Counted { readonly total: string; readonly there: boolean }
function partOf<T, R extends Counted>(rows: readonly R[], bare: (row: R) => T): Part<T> {
  const found = rows.filter(({ there }) => there).map(bare);
  return { found, omitted: Number(rows[0]?.total ?? 0) - found.length };
}

/** No less than what a row becomes in JSON: its ids and figures, and every text with its escapes. */
const sizeOf = (...texts: readonly string[]) => `300 + octet_length(attributes::text) + ${texts.map((text) => `coalesce(octet_length(to_json(${text})::text), 4)`).join(' + ')}`;
const SPANS = `
with first as materialized (select * from spans where trace_id = $1 order by started_ns, span_id limit $2),
  sized as (select *, sum(${sizeOf('service', 'name', 'message')} + ${EXTRAS_BYTES}) over (order by started_ns, span_id) as bytes from first)
select trace_id as "traceId", span_id as "spanId", parent_id as "parentId", service, name, kind, started_ns as "startedNs",
  ended_ns as "endedNs", is_error as "isError", message, attributes, flags, extras, total, trace_id is not null as there
from (select count(*) as total from spans where trace_id = $1) counted left join sized on bytes <= $3 order by started_ns, span_id`;
const OPEN = `
with own as materialized (
  select * from open_spans o where trace_id = $1 and not exists (select from spans s where s.trace_id = o.trace_id and s.span_id = o.span_id)
), first as materialized (select * from own order by started_ns, span_id limit $2),
  sized as (select *, sum(${sizeOf('service', 'name')} + ${EXTRAS_BYTES}) over (order by started_ns, span_id) as bytes from first)
select trace_id as "traceId", span_id as "spanId", parent_id as "parentId", service, name, kind, started_ns as "startedNs", attributes, flags, extras,
  total, trace_id is not null as there
from (select count(*) as total from own) counted left join sized on bytes <= $3 order by started_ns, span_id`;
const LOGS = `
with first as materialized (select * from logs where trace_id = $1 order by at_ns, id limit $2),
  sized as (select *, sum(${sizeOf('service', 'message')}) over (order by at_ns, id) as bytes from first)
select trace_id as "traceId", span_id as "spanId", service, level, message, at_ns as "atNs", attributes, total, trace_id is not null as there
from (select count(*) as total from logs where trace_id = $1) counted left join sized on bytes <= $3 order by at_ns, id`;
