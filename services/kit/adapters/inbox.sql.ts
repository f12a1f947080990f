/** For a service's migration: which events have had their effect. */
export const inboxTable = `
create table inbox (
  event_id uuid primary key,
  received_at timestamptz not null default now()
);
`;
