/** For a service's migration: what waits to be published. Rows go once the queue has confirmed them. */
export const outboxTable = `
create table outbox (
  id bigint generated always as identity primary key,
  event jsonb not null,
  tries integer not null default 0,
  problem text,
  next_try timestamptz not null default now()
);
create index outbox_next_try on outbox (next_try);
`;
