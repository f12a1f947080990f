import type { Migration } from '../../kit/migrate.ts';

export const up: Migration = (db) => {
  db.sql(`
create index requests_trace_id on requests (trace_id);
create index requests_pull on requests (pull) where pull is not null;
`);
};

/** Without them the same is found, more slowly. */
export const down: Migration = (db) => {
  db.sql('drop index requests_pull; drop index requests_trace_id;');
};
