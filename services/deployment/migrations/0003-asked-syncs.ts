import type { Migration } from '../../kit/migrate.ts';

export const up: Migration = (db) => {
  db.sql(`
create table asked_syncs (
  request uuid not null references requests (id),
  environment text not null,
  at timestamptz not null default now(),
  primary key (request, environment)
);
`);
};

/** Without it nothing is lost but that a sync may be asked for twice. */
export const down: Migration = (db) => {
  db.sql('drop table asked_syncs');
};
