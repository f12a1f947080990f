import { auditTable } from '../../kit/adapters/audit.sql.ts';
import type { Migration } from '../../kit/migrate.ts';

export const up: Migration = (db) => {
  db.sql(`
create table people (
  id uuid primary key default gen_random_uuid(),
  name text not null unique check (name = lower(name)),
  password text not null,
  roles text[] not null check (roles <@ array['viewer', 'operator', 'admin'] and cardinality(roles) > 0),
  active boolean not null default true,
  created_at timestamptz not null default now()
);
create table links (
  hash bytea primary key,
  person uuid not null references people (id),
  expires_at timestamptz not null,
  used_at timestamptz
);
create table failures (
  key bytea primary key,
  count integer not null,
  window_ends_at timestamptz not null
);
create index failures_window_ends_at on failures (window_ends_at);
`);
  db.sql(auditTable);
};

/** People are not thrown away by a step back: restore a backup instead. */
export const down = false;
