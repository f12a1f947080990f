import type { Migration } from '../../kit/migrate.ts';

/** Events, links and what else few spans have, in one column that is null of almost all; no table is written anew, and new days have both. */
export const up: Migration = (db) => {
  db.sql(`
alter table spans add column flags integer, add column extras jsonb;
alter table open_spans add column flags integer, add column extras jsonb;
`);
};
