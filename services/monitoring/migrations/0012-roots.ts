import type { Migration } from '../../kit/migrate.ts';

/** Where a trace begins, by program: what foreign programs began is listed beside what the gateway let in. */
export const up: Migration = (db) => {
  db.sql(`create index spans_root on spans (service, started_ns) where parent_id is null;`);
};
