import type { Migration } from '../../kit/migrate.ts';

/**
 * The last total that a foreign program told of a series, in the life of that program that began at `since`: what it tells next is counted from there.
 * A series is forgotten when it has no points any more, and not while its first ones are on their way.
 */
export const up: Migration = (db) => {
  db.sql(`
alter table metric_series add column first_seen timestamptz not null default now();
create table metric_totals (
  series bigint not null references metric_series (id) on delete cascade,
  since text not null,
  value double precision not null,
  sum double precision not null,
  buckets double precision[] not null,
  at bigint not null,
  primary key (series, since)
);
`);
};
