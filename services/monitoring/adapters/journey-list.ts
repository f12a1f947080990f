import type { Database } from '../../kit/adapters/postgres.ts';
import { millis } from '../domain/journey.ts';
import type { Page, Wanted } from './journey-port.ts';
import { openValues } from './log-sql.ts';

/** The newest requests that `door` let in and that fit, without those called one of `except`. */
export async function listJourneys(database: Pick<Database, 'query'>, door: string, except: readonly string[], wanted: Wanted): Promise<Page> {
  const { text, params } = statementOf(door, except, wanted);
  const rows = await database.query<SummaryRow>(text, params);
  const last = rows.length === wanted.limit ? rows.at(-1) : undefined;
  return {
    journeys: rows.map((row) => ({
      traceId: row.traceId, name: row.name, hops: row.hops, status: row.isError ? 'error' : 'ok', demo: row.demo,
      startedAt: millis(BigInt(row.startedNs)), durationMs: millis(BigInt(row.endedNs) - BigInt(row.startedNs)),
    })),
    next: last ? `${last.startedNs}-${last.traceId}` : null,
  };
}

interface SummaryRow { readonly traceId: string; readonly name: string; readonly hops: number; readonly isError: boolean; readonly demo: boolean; readonly startedNs: string; readonly endedNs: string }

/** Entries are walked from the newest on by their index, and each is looked at as a whole, until the page is full. */
function statementOf(door: string, except: readonly string[], wanted: Wanted): { readonly text: string; readonly params: readonly unknown[] } {
  const values = openValues();
  const nanos = (ms: number) => `${values.add(String(BigInt(Math.round(ms * 1000)) * 1000n))}::bigint`;
  const entry = [`e.service = ${values.add(door)}`, `e.kind = 'server'`, `e.name <> all (${values.add(except)}::text[])`];
  if (wanted.route !== undefined) entry.push(`e.name = ${values.add(wanted.route)}`);
  if (wanted.from !== undefined) entry.push(`e.started_ns >= ${nanos(wanted.from)}`);
  if (wanted.to !== undefined) entry.push(`e.started_ns < ${nanos(wanted.to)}`);
  const [ns, traceId] = wanted.before?.split('-') ?? [];
  if (ns !== undefined && traceId !== undefined) entry.push(`(e.started_ns, e.trace_id) < (${values.add(ns)}::bigint, ${values.add(traceId)})`);
  if (wanted.traffic !== undefined) entry.push(`${DEMO} = ${values.add(wanted.traffic === 'demo')}`);
  const whole: string[] = [];
  if (wanted.service !== undefined) whole.push(`w.services @> array[${values.add(wanted.service)}]`);
  if (wanted.status !== undefined) whole.push(`(${REFUSED} or w.is_error) = ${values.add(wanted.status === 'error')}`);
  if (wanted.minMs !== undefined) whole.push(`w.ended_ns - e.started_ns >= ${nanos(wanted.minMs)}`);
  if (wanted.maxMs !== undefined) whole.push(`w.ended_ns - e.started_ns <= ${nanos(wanted.maxMs)}`);
  if (wanted.text !== undefined) {
    const text = values.add(`%${wanted.text.replace(/[\\%_]/g, String.raw`\$&`)}%`);
    whole.push(`(exists (select from spans t where t.trace_id = e.trace_id and (t.name like ${text} or t.message like ${text} or t.attributes::text like ${text}))
      or exists (select from logs l where l.trace_id = e.trace_id and l.message like ${text}))`);
  }
  return {
    text: `
select e.trace_id as "traceId", e.name, e.started_ns as "startedNs", w.ended_ns as "endedNs", w.hops, ${REFUSED} or w.is_error as "isError", ${DEMO} as demo
from spans e cross join lateral (
  select count(*)::int as hops, max(s.ended_ns) as ended_ns, bool_or(s.is_error) as is_error${wanted.service === undefined ? '' : ', array_agg(distinct s.service) as services'}
  from spans s where s.trace_id = e.trace_id) w
where ${[...entry, ...whole].join(' and ')}
order by e.started_ns desc, e.trace_id desc limit ${values.add(wanted.limit)}`,
    params: values.list,
  };
}
/** services/gateway/steps/label.ts */
const DEMO = `coalesce(e.attributes ->> 'journey.traffic' = 'demo', false)`;
const REFUSED = `case jsonb_typeof(e.attributes -> 'http.response.status_code')
    when 'number' then (e.attributes ->> 'http.response.status_code')::numeric >= 400 else false end`;
