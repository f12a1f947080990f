import type { Sql } from '../../kit/adapters/postgres.ts';

/** Notes which role somebody had when they approved: no forge keeps that. */
export async function noteApproval(sql: Sql, { request, head, person, admin }: { readonly request: string; readonly head: string; readonly person: string; readonly admin: boolean }): Promise<void> {
  await sql.query(
    `insert into approvals (request, head, person, admin) values ($1, $2, $3, $4)
    on conflict (request, head, person) do update set admin = excluded.admin`, [request, head, person, admin]);
}

/** `<commit> <person>` of every approval that an admin gave. */
export async function adminApprovals(sql: Sql, request: string): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ readonly head: string; readonly person: string }>('select head, person from approvals where request = $1 and admin', [request]);
  return new Set(rows.map(({ head, person }) => `${head} ${person}`));
}
