import type { Migration } from '../../kit/migrate.ts';

/**
 * Rules that people made, where each alert is, how it came there, and what has to be told. All times are Unix milliseconds.
 * An alert, its group and its message change in one transaction: whatever dies in between, nothing is told twice or forgotten.
 */
export const up: Migration = (db) => {
  db.sql(`
create table alert_rules (
  id uuid primary key,
  body jsonb not null,
  person text not null,
  updated_ms bigint not null
);
create table alerts (
  rule text primary key,
  fingerprint text not null unique,
  phase text not null,
  active_ms bigint,
  fired_ms bigint,
  breached_ms bigint,
  resolved_ms bigint,
  seen_ms bigint not null,
  value double precision,
  labels jsonb not null,
  annotations jsonb not null
);
create table alert_history (
  id bigint generated always as identity primary key,
  at_ms bigint not null,
  rule text not null,
  name text not null,
  workload text not null,
  change text not null,
  value double precision,
  person text,
  reason text
);
create index alert_history_at on alert_history (at_ms);
create table silences (
  id uuid primary key,
  kind text not null,
  matchers jsonb not null,
  starts_ms bigint not null,
  ends_ms bigint,
  person text not null,
  reason text not null,
  updated_ms bigint not null,
  fingerprint text
);
create index silences_ends on silences (ends_ms);
create table alert_groups (
  key text primary key,
  since_ms bigint,
  notified_ms bigint,
  told jsonb not null
);
create table alert_messages (
  key uuid primary key,
  group_key text not null,
  payload jsonb not null,
  made_ms bigint not null,
  due_ms bigint not null,
  tries integer not null default 0,
  sent_ms bigint,
  error text
);
create index alert_messages_due on alert_messages (due_ms) where sent_ms is null;
`);
};
