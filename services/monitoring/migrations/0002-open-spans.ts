import type { Migration } from '../../kit/migrate.ts';

/** Beginnings of spans, told for traces that somebody watches. One whose end is in `spans` counts no more, and goes with age. */
export const up: Migration = (db) => {
  db.sql(`
create table open_spans (
  trace_id text not null,
  span_id text not null,
  parent_id text,
  service text not null,
  name text not null,
  kind text not null,
  started_ns bigint not null,
  attributes jsonb not null,
  received_at timestamptz not null default now(),
  primary key (trace_id, span_id)
);
create index open_spans_received_at on open_spans (received_at);
`);
};
