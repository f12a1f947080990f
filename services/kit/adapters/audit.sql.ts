/** For a service's migration: who did what. The service writes and reads it; nothing of it is ever changed. */
export const auditTable = `
create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  person text not null,
  action text not null,
  subject text not null,
  detail jsonb not null,
  trace_id text not null
);
create function audit_is_final() returns trigger language plpgsql as $$
begin
  raise exception 'An audit record is never changed or removed.';
end $$;
create trigger audit_is_final before update or delete on audit for each row execute function audit_is_final();
`;
