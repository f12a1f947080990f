import type { Migration } from '../../kit/migrate.ts';

/** What the processes of workloads said last, while a fault is on for them: for whoever asks another process of monitoring. They say it each second, so a crash of the database may lose it. */
export const up: Migration = (db) => {
  db.sql(`
create unlogged table fault_holders (
  instance uuid primary key,
  workload text not null,
  held uuid[] not null,
  seen_ms bigint not null
);
create index fault_holders_workload on fault_holders (workload, seen_ms);
`);
};
