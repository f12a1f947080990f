import type { Migration } from '../../kit/migrate.ts';

/**
 * Hops get a number in the order in which they were written down, so that who follows them can go on where they were. Those that
 * are there already have none: they are old, and no table is written anew. `ensure_day` gives new days the default.
 */
export const up: Migration = (db) => {
  db.sql(`
create sequence spans_place;
alter table spans add column place bigint;
alter table spans alter column place set default nextval('spans_place');
create index spans_place_at on spans (place) where place is not null;
`);
};
