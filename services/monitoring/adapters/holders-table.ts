import type { Sql } from '../../kit/adapters/postgres.ts';
import type { Holder } from '../domain/fault.ts';

export async function keepHolder(sql: Sql, { instance, workload, held, at }: Holder): Promise<void> {
  await sql.query(
    `insert into fault_holders (instance, workload, held, seen_ms) values ($1, $2, $3, $4)
     on conflict (instance) do update set workload = excluded.workload, held = excluded.held, seen_ms = excluded.seen_ms`, [instance, workload, held, at],
  );
}

export async function holdersSince(sql: Sql, workload: string, since: number): Promise<readonly Holder[]> {
  const rows = await sql.query<{ instance: string; held: readonly string[]; at: string }>('select instance, held, seen_ms as at from fault_holders where workload = $1 and seen_ms > $2 limit 1000', [workload, since]);
  return rows.map(({ instance, held, at }) => ({ instance, workload, held, at: Number(at) }));
}

export async function forgetHolders(sql: Sql, before: number): Promise<void> {
  await sql.query('delete from fault_holders where seen_ms < $1', [before]);
}
