import { auditTable } from '../../kit/adapters/audit.sql.ts';
import type { Migration } from '../../kit/migrate.ts';

/** Every version stays: what was in force when is a question that comes up. */
export const up: Migration = (db) => {
  db.sql(`
create table settings (
  environment text not null,
  name text not null,
  version integer not null check (version > 0),
  value jsonb not null check (jsonb_typeof(value) = 'object'),
  changed_by text not null,
  changed_at timestamptz not null default now(),
  primary key (environment, name, version)
);
`);
  db.sql(auditTable);
};

/** Settings are not thrown away by a step back: restore a backup instead. */
export const down = false;
