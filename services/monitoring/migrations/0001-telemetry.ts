import type { Migration } from '../../kit/migrate.ts';

/**
 * No foreign keys: spans of one trace arrive from many senders, in any order. Nanoseconds since 1970 fit a bigint
 * until 2262. What is sent twice meets the primary key.
 */
export const up: Migration = (db) => {
  db.sql(`
create table spans (
  trace_id text not null,
  span_id text not null,
  parent_id text,
  service text not null,
  name text not null,
  kind text not null,
  started_ns bigint not null,
  ended_ns bigint not null,
  is_error boolean not null,
  message text,
  attributes jsonb not null,
  received_at timestamptz not null default now(),
  primary key (trace_id, span_id)
);
create index spans_entry on spans (service, started_ns desc) where kind = 'server';
create index spans_received_at on spans (received_at);
create table logs (
  digest bytea primary key,
  trace_id text,
  span_id text,
  service text not null,
  level text not null,
  message text not null,
  at_ns bigint not null,
  attributes jsonb not null,
  received_at timestamptz not null default now()
);
create index logs_trace on logs (trace_id, at_ns) where trace_id is not null;
create index logs_received_at on logs (received_at);
`);
};
