import { auditTable } from '../../kit/adapters/audit.sql.ts';
import type { Migration } from '../../kit/migrate.ts';

/** Faults that somebody switched on: who, why and until when. What is on is what the workload says; this is the record. */
export const up: Migration = (db) => {
  db.sql(`
create table faults (
  id uuid primary key,
  workload text not null,
  kind text not null,
  strength double precision not null,
  reason text not null,
  person text not null,
  since_ms bigint not null,
  until_ms bigint not null
);
create index faults_until on faults (until_ms);
${auditTable}`);
};
