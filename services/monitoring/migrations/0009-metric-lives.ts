import type { Migration } from '../../kit/migrate.ts';

/**
 * What is read of a process is kept as what it had told at its last look, in one transaction with what was new in it: whoever reads it
 * next, after a restart or beside another monitoring, counts from there. `source` is one life of a process, or of one stream of a foreign
 *  program; totals of before had no time and no full name: what began before this moment is remembered at its next telling, and counted from there. A window of minutes or hours is stale when what it is made of has changed.
 */
export const up: Migration = (db) => {
  db.sql(`
delete from metric_totals;
alter table metric_totals rename column since to source;
alter table metric_totals add column told bigint not null default 0;
create table metric_lives (
  source text primary key,
  service text not null,
  began double precision not null,
  seen bigint not null
);
create table metric_listening (since timestamptz not null default now());
insert into metric_listening default values;
create index metric_points_series on metric_points (series);
create table metric_stale (
  resolution integer not null,
  at bigint not null,
  primary key (resolution, at)
);
insert into metric_stale (resolution, at)
select distinct wide, at - at % wide from metric_points, (values (60), (3600)) as w (wide)
where resolution = 10 and at > (select max(at) from metric_points where resolution = 10) - 7200;
`);
};
