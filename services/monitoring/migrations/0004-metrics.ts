import type { Migration } from '../../kit/migrate.ts';

/**
 * Increments, not totals: windows of 10, 60 and 3600 s that can be added up. `writer` is one life of monitoring, so that a window
 * that two lives share is whole, and one that is written again is the same.
 */
export const up: Migration = (db) => {
  db.sql(`
create table metric_series (
  id bigint generated always as identity primary key,
  digest bytea not null unique,
  service text not null,
  name text not null,
  kind text not null,
  labels jsonb not null,
  bounds double precision[] not null
);
create index metric_series_name on metric_series (name);
create table metric_points (
  resolution integer not null,
  at bigint not null,
  series bigint not null references metric_series (id) on delete cascade,
  writer text not null,
  count double precision not null,
  sum double precision not null,
  max double precision not null,
  buckets double precision[] not null,
  exemplar_at double precision,
  exemplar_seconds double precision,
  exemplar_trace text,
  primary key (resolution, at, series, writer)
);
`);
};
