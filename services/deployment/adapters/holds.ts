import type { Sql } from '../../kit/adapters/postgres.ts';
import type { Hold } from '../domain/fact.ts';
import type { Fact } from '../domain/proposal.ts';

interface Row { readonly id: string; readonly environment: string; readonly subject: string; readonly value: string; readonly reason: string; readonly person: string; readonly at: Date }
const columns = 'id, environment, subject, value, reason, person, at';

/** What may not come again; newest first. */
export async function activeHolds(sql: Sql): Promise<readonly Hold[]> {
  return (await sql.query<Row>(`select ${columns} from holds where lifted_at is null order by id desc`)).map(holdOf);
}

/** Holds the values that these facts brought. What is held already stays as it is. */
export async function holdFacts(sql: Sql, facts: readonly Fact[], { reason, by }: { readonly reason: string; readonly by: string }): Promise<void> {
  for (const { environment, subject, to } of facts) {
    await sql.query(
      `insert into holds (environment, subject, value, reason, person) values ($1, $2, $3, $4, $5)
      on conflict (environment, subject, value) where lifted_at is null do nothing`, [environment, subject, to, reason, by]);
  }
}

/** `null` when there is no such hold, or it was lifted before. */
export async function liftHold(sql: Sql, id: number, by: string): Promise<Hold | null> {
  const [row] = await sql.query<Row>(`update holds set lifted_at = now(), lifted_by = $2 where id = $1 and lifted_at is null returning ${columns}`, [id, by]);
  return row === undefined ? null : holdOf(row);
}

function holdOf(row: Row): Hold {
  return { id: Number(row.id), environment: row.environment, subject: row.subject, value: row.value, reason: row.reason, by: row.person, at: row.at.toISOString() };
}
