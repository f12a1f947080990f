import type { Database } from '../../kit/adapters/postgres.ts';
import { hopOf, type Hop } from '../domain/journey.ts';
import type { Span } from '../domain/span.ts';
import type { Bounds, Numbered } from './feed.ts';
import { restOf, type Stored } from './stored-span.ts';

export type ToldHop = Hop & { readonly traceId: string; readonly id: number };

/** Hops in the order in which they were written down (adapters/writer.ts sees to it), of one journey or of all. */
export function hopFeed(database: Pick<Database, 'query'>, traceId: string | undefined): Numbered<ToldHop> {
  return {
    async bounds(): Promise<Bounds> {
      const [row] = await database.query<{ oldest: string | null; newest: string | null }>(
        'select (select place from spans where place is not null order by place limit 1) as oldest, (select place from spans where place is not null order by place desc limit 1) as newest',
      );
      return { oldest: Number(row?.oldest ?? 0), newest: Number(row?.newest ?? 0) };
    },
    async since(after, upTo, limit) {
      const rows = await database.query<Stored<Span> & { readonly place: string }>(SINCE, [after, upTo, limit, traceId ?? null]);
      return rows.map(({ place, flags, extras, ...span }) => ({ id: Number(place), traceId: span.traceId, ...hopOf({ ...span, ...restOf({ flags, extras }) }) }));
    },
  };
}

const SINCE = `
select place, trace_id as "traceId", span_id as "spanId", parent_id as "parentId", service, name, kind, started_ns as "startedNs",
  ended_ns as "endedNs", is_error as "isError", message, attributes, flags, extras
from spans where place is not null and place > $1 and place <= $2 and ($4::text is null or trace_id = $4) order by place limit $3`;
