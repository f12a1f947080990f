import { auditTable } from '../../kit/adapters/audit.sql.ts';
import { outboxTable } from '../../kit/adapters/outbox.sql.ts';
import type { Migration } from '../../kit/migrate.ts';

export const up: Migration = (db) => {
  // Without a key (null) two requests are never the same: nulls are distinct in a unique constraint.
  db.sql(`
create table requests (
  id uuid primary key,
  workload text not null,
  environment text not null,
  revision text not null,
  reason text not null,
  status text not null check (status in ('requested')),
  requested_by text not null,
  requested_at timestamptz not null,
  trace_id text not null,
  idempotency_key text,
  fingerprint text,
  unique (requested_by, idempotency_key)
);
create index requests_requested_at on requests (requested_at desc, id desc);
`);
  db.sql(auditTable);
  db.sql(outboxTable);
};

/** Requests are not thrown away by a step back: restore a backup instead. */
export const down = false;
