import type { Database } from '../../kit/adapters/postgres.ts';
import { millis } from '../domain/journey.ts';
import { givenUp } from './given-up.ts';
import type { Page, Wanted } from './journey-port.ts';
import { openValues } from './log-sql.ts';

type Values = ReturnType<typeof openValues>;

/** Who lets requests in. */
export interface Door {
  readonly service: string;
  /** Without those called one of these. */
  readonly except: readonly string[];
  /** The workloads of the model: what any other program began is listed as well. Without them only what came through the door. */
  readonly own?: readonly string[] | undefined;
}

/** The newest requests that came through the door, and traces that other programs began, that fit. @throws {Problem} unavailable when the search takes too long */
export async function listJourneys(database: Pick<Database, 'query'>, door: Door, wanted: Wanted): Promise<Page> {
  const { text, params } = statementOf(door, wanted);
  const rows = await database.query<SummaryRow>(text, params).catch((error: unknown) => { throw givenUp(error, 'Narrow the time, or name a service or a route.'); });
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

function statementOf({ service, except, own }: Door, wanted: Wanted): { readonly text: string; readonly params: readonly unknown[] } {
  const values = openValues();
  const through = `e.service = ${values.add(service)} and e.kind = 'server' and e.name <> all (${values.add(except)}::text[])`;
  const fitting = fittingOf(wanted, values);
  const entries = [`(${entriesOf(through, fitting, wanted, values)})`];
  if (own) entries.push(`(select one.* from (${foreignOf(values.add(own))}) program cross join lateral (${entriesOf(ROOT, fitting, wanted, values, rootsOf(values.add(service)))}) one)`);
  return { text: `select * from (${entries.join(' union all ')}) both_kinds order by "startedNs" desc, "traceId" desc limit ${values.add(wanted.limit)}`, params: values.list };
}

/** Entries are walked from the newest on by their index, and each is looked at as a whole, until the page is full. */
const entriesOf = (which: string, fitting: readonly string[], { service, limit }: Wanted, values: Values, more = ''): string => `
select e.trace_id as "traceId", e.name, e.started_ns as "startedNs", w.ended_ns as "endedNs", w.hops, ${REFUSED} or w.is_error as "isError", ${DEMO} as demo
from spans e cross join lateral (
  select count(*)::int as hops, max(s.ended_ns) as ended_ns, bool_or(s.is_error) as is_error${service === undefined ? '' : ', array_agg(distinct s.service) as services'}${more}
  from spans s where s.trace_id = e.trace_id) w
where ${[which, ...fitting].join(' and ')}
order by e.started_ns desc, e.trace_id desc limit ${values.add(limit)}`;

function fittingOf(wanted: Wanted, values: Values): readonly string[] {
  const nanos = (ms: number) => `${values.add(String(BigInt(Math.round(ms * 1000)) * 1000n))}::bigint`;
  const all: string[] = [];
  if (wanted.route !== undefined) all.push(`e.name = ${values.add(wanted.route)}`);
  if (wanted.from !== undefined) all.push(`e.started_ns >= ${nanos(wanted.from)}`);
  if (wanted.to !== undefined) all.push(`e.started_ns < ${nanos(wanted.to)}`);
  const [ns, traceId] = wanted.before?.split('-') ?? [];
  if (ns !== undefined && traceId !== undefined) all.push(`(e.started_ns, e.trace_id) < (${values.add(ns)}::bigint, ${values.add(traceId)})`);
  if (wanted.traffic !== undefined) all.push(`${DEMO} = ${values.add(wanted.traffic === 'demo')}`);
  if (wanted.service !== undefined) all.push(`w.services @> array[${values.add(wanted.service)}]`);
  if (wanted.status !== undefined) all.push(`(${REFUSED} or w.is_error) = ${values.add(wanted.status === 'error')}`);
  if (wanted.minMs !== undefined) all.push(`w.ended_ns - e.started_ns >= ${nanos(wanted.minMs)}`);
  if (wanted.maxMs !== undefined) all.push(`w.ended_ns - e.started_ns <= ${nanos(wanted.maxMs)}`);
  if (wanted.text !== undefined) {
    const text = values.add(`%${wanted.text.replace(/[\\%_]/g, String.raw`\$&`)}%`);
    all.push(`(exists (select from spans t where t.trace_id = e.trace_id and (t.name like ${text} or t.message like ${text} or t.attributes::text like ${text}))
      or exists (select from logs l where l.trace_id = e.trace_id and l.message like ${text}))`);
  }
  return all;
}

/** Programs that began a trace and are not the model's: each is jumped to in the index, since the model's own began almost all. */
const foreignOf = (own: string): string => `
with recursive began(service) as (
  select min(service) from spans where parent_id is null
  union all select (select min(s.service) from spans s where s.parent_id is null and s.service > began.service) from began where began.service is not null
) select service from began where service is not null and service <> all (${own}::text[]) limit ${MOST_FOREIGN}`;
const MOST_FOREIGN = 50;

/** Where the trace of a foreign program begins; one that went on through the door is listed there. */
const ROOT = 'e.service = program.service and e.parent_id is null and not w.through and w.first_root = e.span_id';
const rootsOf = (door: string): string => `, bool_or(s.service = ${door} and s.kind = 'server') as through, (array_agg(s.span_id order by s.started_ns, s.span_id) filter (where s.parent_id is null))[1] as first_root`;

/** services/gateway/steps/label.ts */
const DEMO = `coalesce(e.attributes ->> 'journey.traffic' = 'demo', false)`;
const REFUSED = `case jsonb_typeof(e.attributes -> 'http.response.status_code')
    when 'number' then (e.attributes ->> 'http.response.status_code')::numeric >= 400 else false end`;
