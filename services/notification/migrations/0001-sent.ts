import { inboxTable } from '../../kit/adapters/inbox.sql.ts';
import type { Migration } from '../../kit/migrate.ts';

export const up: Migration = (db) => {
  db.sql(`
create table sent (
  event_id uuid primary key,
  recipient text not null,
  subject text not null,
  archived_as text not null,
  sent_at timestamptz not null default clock_timestamp()
);
create index sent_sent_at on sent (sent_at desc);
`);
  db.sql(inboxTable);
};

/** What was sent stays known: restore a backup instead of a step back. */
export const down = false;
