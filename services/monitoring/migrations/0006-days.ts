import { auditTable } from '../../kit/adapters/audit.sql.ts';
import type { Migration } from '../../kit/migrate.ts';

/**
 * Spans, beginnings and lines by day (UTC) of their own time, so that forgetting a day is dropping a table. What the tables
 * before this held (at most 7 days) is dropped with them: a new store begins empty.
 * Times are nanoseconds since 1970, which a bigint holds until 2262. A key of a partitioned table holds the column it is parted by.
 */
export const up: Migration = (db) => {
  db.sql(`
drop table spans, open_spans, logs;
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
  primary key (trace_id, span_id, started_ns)
) partition by range (started_ns);
create index spans_started on spans using brin (started_ns);
create index spans_entry on spans (service, started_ns) where kind = 'server';
create table open_spans (
  trace_id text not null,
  span_id text not null,
  parent_id text,
  service text not null,
  name text not null,
  kind text not null,
  started_ns bigint not null,
  attributes jsonb not null,
  primary key (trace_id, span_id, started_ns)
) partition by range (started_ns);
create table logs (
  id bigint generated always as identity,
  trace_id text,
  span_id text,
  service text not null,
  level text not null,
  message text not null,
  at_ns bigint not null,
  attributes jsonb not null,
  primary key (at_ns, id)
) partition by range (at_ns);
create index logs_at on logs using brin (at_ns);
create index logs_id on logs (id);
create index logs_trace on logs (trace_id, at_ns) where trace_id is not null;
create index logs_service on logs (service, at_ns, id);
create index logs_grave on logs (at_ns, id) where level in ('warn', 'error', 'fatal');
create table log_counts (
  width integer not null,
  at bigint not null,
  service text not null,
  trace integer not null,
  debug integer not null,
  info integer not null,
  warn integer not null,
  error integer not null,
  fatal integer not null,
  primary key (width, at, service)
) with (fillfactor = 70);
create table taken (
  digest bytea primary key,
  at timestamptz not null default now()
);
create index taken_at on taken using brin (at);
create function ensure_day(day date) returns void language plpgsql as $$
declare
  low bigint := extract(epoch from day)::bigint * 1000000000;
  parent text;
  part text;
begin
  perform pg_advisory_xact_lock(hashtext('monitoring.ensure_day'));
  foreach parent in array array['spans', 'open_spans', 'logs'] loop
    part := parent || '_' || to_char(day, 'YYYYMMDD');
    if to_regclass(part) is null then
      -- Attached, not made in place: that would lock out readers and writers of every day.
      execute format('create table %I (like %I including defaults)', part, parent);
      execute format('alter table %I attach partition %I for values from (%s) to (%s)', parent, part, low, low + 86400000000000);
    end if;
  end loop;
end $$;
do $$ begin
  create extension if not exists pg_trgm;
exception when insufficient_privilege then
  -- Trusted since PostgreSQL 13, so the owner of a database may; whoever owns less gets it from who runs the server, or searches without.
  null;
end $$;
`);
  // For a time 0005 made it: where that ran, it is there.
  db.sql(`do $do$ begin
  if to_regclass('audit') is null then execute $sql$${auditTable}$sql$; end if;
end $do$`);
};
