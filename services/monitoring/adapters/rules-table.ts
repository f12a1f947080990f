import type { Sql } from '../../kit/adapters/postgres.ts';
import type { AlertRule } from '../domain/alert-rule.ts';

export interface KeptRule { readonly rule: AlertRule; readonly by: string; readonly updatedAt: number }
export const MOST_RULES = 200;

export async function readRules(sql: Sql): Promise<readonly KeptRule[]> {
  const rows = await sql.query<{ body: AlertRule; by: string; at: string }>(`select body, person as by, updated_ms as at from alert_rules order by body ->> 'name', id`);
  return rows.map(({ body, by, at }) => ({ rule: body, by, updatedAt: Number(at) }));
}
/** @returns false when there is no such rule, or another one has its name. */
export async function saveRule(sql: Sql, { rule, by, updatedAt }: KeptRule): Promise<void> {
  await sql.query(
    `insert into alert_rules (id, body, person, updated_ms) values ($1, $2, $3, $4)
     on conflict (id) do update set body = excluded.body, person = excluded.person, updated_ms = excluded.updated_ms`,
    [rule.id, JSON.stringify(rule), by, updatedAt],
  );
}
export async function removeRule(sql: Sql, id: string): Promise<boolean> {
  return (await sql.query('delete from alert_rules where id = $1 returning id', [id])).length > 0;
}
