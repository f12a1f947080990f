import type { Sql } from '../../kit/adapters/postgres.ts';
import type { Proposed } from '../domain/proposal.ts';

/** One commit that was proposed for a request, with what it changes. */
export interface KeptProposal {
  readonly head: string;
  readonly base: string;
  readonly proposed: Proposed;
  /** What people have looked at: two commits with the same text are the same change. */
  readonly diffText: string;
}

export async function keepProposal(sql: Sql, request: string, { head, base, proposed, diffText }: KeptProposal): Promise<void> {
  await sql.query(
    `insert into proposals (request, head, base, proposed, diff_text) values ($1, $2, $3, $4, $5)
    on conflict (request, head) do update set base = excluded.base, proposed = excluded.proposed, diff_text = excluded.diff_text`,
    [request, head, base, JSON.stringify(proposed), diffText],
  );
}

export async function proposalOf(sql: Sql, request: string, head: string): Promise<KeptProposal | null> {
  const [row] = await sql.query<{ readonly head: string; readonly base: string; readonly proposed: Proposed; readonly diff_text: string }>(
    'select head, base, proposed, diff_text from proposals where request = $1 and head = $2', [request, head]);
  return row === undefined ? null : { head: row.head, base: row.base, proposed: row.proposed, diffText: row.diff_text };
}

/** Of many requests at once: the proposal of each one's head, without its diff. */
export async function proposalsOf(sql: Sql, heads: readonly string[]): Promise<ReadonlyMap<string, Proposed>> {
  const rows = await sql.query<{ readonly head: string; readonly proposed: Proposed }>(`select head, proposed - 'diff' as proposed from proposals where head = any($1::text[])`, [heads]);
  return new Map(rows.map(({ head, proposed }) => [head, proposed]));
}

/** Of these commits, those whose diff is byte by byte that of `head`. */
export async function sameDiff(sql: Sql, request: string, head: string, commits: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ readonly head: string }>(
    `select one.head from proposals one join proposals this on this.request = one.request and this.head = $2
    where one.request = $1 and one.head = any($3::text[]) and one.diff_text = this.diff_text`, [request, head, commits]);
  return new Set(rows.map((row) => row.head));
}
