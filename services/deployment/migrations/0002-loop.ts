import type { Migration } from '../../kit/migrate.ts';

export const up: Migration = (db) => {
  // Defaults serve the version before this one, which may still write while the new one starts.
  db.sql(`
alter table requests
  drop constraint requests_status_check,
  alter column workload drop not null,
  alter column revision drop not null,
  add column kind text not null default 'release' check (kind in ('release', 'knob', 'scale', 'promotion', 'rollback')),
  add column spec jsonb,
  add column summary text not null default '',
  add column updated_at timestamptz not null default now(),
  add column pull integer,
  add column base text,
  add column head text,
  add column merge_commit text unique,
  add column merged_at timestamptz,
  add column synced_at timestamptz,
  add column outcome text,
  add column evidence jsonb not null default '[]',
  add column traceparent text,
  add column prepared jsonb not null default '{}',
  add column wish jsonb,
  add column undoes uuid unique references requests (id),
  add column problem text,
  add column tries integer not null default 0,
  add column nudges integer not null default 0,
  add column lease uuid,
  add column next_try timestamptz default 'infinity',
  add constraint requests_status_check
    check (status in ('requested', 'proposed', 'merged', 'succeeded', 'unchanged', 'refused', 'closed', 'failed', 'rolledBack'));
update requests set
  summary = workload || ' → ' || revision, updated_at = requested_at,
  status = 'closed', outcome = 'It was asked for before this service could act on it: ask again.', next_try = null;
create index requests_next_try on requests (next_try);

create table proposals (
  request uuid not null references requests (id),
  head text not null,
  base text not null,
  proposed jsonb not null,
  diff_text text not null,
  at timestamptz not null default now(),
  primary key (request, head)
);
create table approvals (
  request uuid not null references requests (id),
  head text not null,
  person text not null,
  admin boolean not null,
  at timestamptz not null default now(),
  primary key (request, head, person)
);
create table holds (
  id bigint generated always as identity primary key,
  environment text not null,
  subject text not null,
  value text not null,
  reason text not null,
  person text not null,
  at timestamptz not null default now(),
  lifted_at timestamptz,
  lifted_by text
);
create unique index holds_active on holds (environment, subject, value) where lifted_at is null;
`);
};

/** Requests are not thrown away by a step back: restore a backup instead. */
export const down = false;
