import { createHash } from 'node:crypto';
import type { Database } from '../../kit/adapters/postgres.ts';
import { millis } from '../domain/journey.ts';
import type { LogLine, Span } from '../domain/span.ts';

/** What the list shows of a request. */
export interface Summary {
  readonly traceId: string;
  readonly name: string;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly hops: number;
  readonly status: 'ok' | 'error';
}
/** Keeps telemetry for `retentionDays`. Every method rejects with the Problem `unavailable` while the database is away. */
export interface Store {
  /** Resolves after the commit. What is there already is left as it is. */
  keepSpans(spans: readonly Span[]): Promise<void>;
  keepLogs(lines: readonly LogLine[]): Promise<void>;
  /** The newest requests that `service` let in, without those called one of `except`. */
  newest(service: string, except: readonly string[]): Promise<readonly Summary[]>;
  spansOf(traceId: string): Promise<readonly Span[]>;
  logsOf(traceId: string): Promise<readonly LogLine[]>;
  /** Deletes what is too old; answers how many rows. */
  forget(): Promise<number>;
}

export const retentionDays = 7;
/** A trace may be made as large as somebody likes; what is shown of it is not. */
const SHOWN = { journeys: 50, spans: 2000, logs: 1000 } as const;

export function openStore(database: Database): Store {
  return {
    keepSpans: async (spans) => { await database.query(INSERT_SPANS, [JSON.stringify(spans.map(spanRow))]); },
    keepLogs: async (lines) => { await database.query(INSERT_LOGS, [JSON.stringify(lines.map(logRow))]); },
    async newest(service, except) {
      const rows = await database.query<SummaryRow>(NEWEST, [service, except, SHOWN.journeys]);
      return rows.map((row) => ({
        traceId: row.traceId, name: row.name, hops: row.hops, status: row.isError ? 'error' : 'ok',
        startedAt: millis(BigInt(row.startedNs)), durationMs: millis(BigInt(row.endedNs) - BigInt(row.startedNs)),
      }));
    },
    spansOf: (traceId) => database.query<Span>(SPANS, [traceId, SHOWN.spans]),
    logsOf: (traceId) => database.query<LogLine>(LOGS, [traceId, SHOWN.logs]),
    async forget() {
      const counts = await Promise.all([FORGET_SPANS, FORGET_LOGS].map((text) => database.query<{ count: number }>(text, [retentionDays])));
      return counts.flat().reduce((sum, { count }) => sum + count, 0);
    },
  };
}

interface SummaryRow { readonly traceId: string; readonly name: string; readonly hops: number; readonly isError: boolean; readonly startedNs: string; readonly endedNs: string }

const spanRow = (s: Span) => ({
  trace_id: s.traceId, span_id: s.spanId, parent_id: s.parentId, service: s.service, name: s.name, kind: s.kind,
  started_ns: s.startedNs, ended_ns: s.endedNs, is_error: s.isError, message: s.message, attributes: s.attributes,
});
const logRow = (l: LogLine) => ({
  digest: `\\x${createHash('sha256').update(JSON.stringify(l)).digest('hex')}`,
  trace_id: l.traceId, span_id: l.spanId, service: l.service, level: l.level, message: l.message, at_ns: l.atNs, attributes: l.attributes,
});

const INSERT_SPANS = `
insert into spans (trace_id, span_id, parent_id, service, name, kind, started_ns, ended_ns, is_error, message, attributes)
select trace_id, span_id, parent_id, service, name, kind, started_ns, ended_ns, is_error, message, attributes
from jsonb_to_recordset($1::jsonb) as row (
  trace_id text, span_id text, parent_id text, service text, name text, kind text,
  started_ns bigint, ended_ns bigint, is_error boolean, message text, attributes jsonb)
on conflict do nothing`;
/** A log record has no id: its whole content is its identity, so a batch that is sent again is kept once. */
const INSERT_LOGS = `
insert into logs (digest, trace_id, span_id, service, level, message, at_ns, attributes)
select digest::bytea, trace_id, span_id, service, level, message, at_ns, attributes
from jsonb_to_recordset($1::jsonb) as row (
  digest text, trace_id text, span_id text, service text, level text, message text, at_ns bigint, attributes jsonb)
on conflict do nothing`;
const NEWEST = `
with entries as (
  select trace_id, name, started_ns, is_error or case jsonb_typeof(attributes -> 'http.response.status_code')
    when 'number' then (attributes ->> 'http.response.status_code')::numeric >= 400 else false end as refused
  from spans where service = $1 and kind = 'server' and name <> all ($2::text[])
  order by started_ns desc limit $3)
select e.trace_id as "traceId", e.name, e.started_ns as "startedNs", w.ended_ns as "endedNs", w.hops, e.refused or w.is_error as "isError"
from entries e cross join lateral (
  select count(*)::int as hops, max(ended_ns) as ended_ns, bool_or(is_error) as is_error from spans s where s.trace_id = e.trace_id) w
order by e.started_ns desc`;
const SPANS = `
select trace_id as "traceId", span_id as "spanId", parent_id as "parentId", service, name, kind, started_ns as "startedNs",
  ended_ns as "endedNs", is_error as "isError", message, attributes
from spans where trace_id = $1 order by started_ns limit $2`;
const LOGS = `
select trace_id as "traceId", span_id as "spanId", service, level, message, at_ns as "atNs", attributes
from logs where trace_id = $1 order by at_ns limit $2`;
/** At most this many rows at a time: a long delete would hold back the cleaning of the whole database. */
const forget = (table: string) => `
with gone as (delete from ${table} where ctid in (
  select ctid from ${table} where received_at < now() - make_interval(days => $1) limit 20000) returning 1)
select count(*)::int as count from gone`;
const FORGET_SPANS = forget('spans');
const FORGET_LOGS = forget('logs');
