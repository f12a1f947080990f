import { createHash } from 'node:crypto';
import type { Sql } from '../../kit/adapters/postgres.ts';

/** Wrong passwords per name and address before the next has to wait. In the database, so it holds over all replicas. */
export const allowedFailures = 5;
export const windowSeconds = 15 * 60;

/** Who tries from where. The pair, so that a stranger cannot lock somebody out. Kept as a hash: it is no list of names. */
export function attemptKey(name: string, address: string): Buffer {
  return createHash('sha256').update(`${name}\0${address}`).digest();
}

/** Seconds to wait before the next try; 0 when it may be made now. */
export async function secondsToWait(sql: Sql, key: Buffer): Promise<number> {
  const [row] = await sql.query<{ readonly wait: number }>(
    `select ceil(extract(epoch from window_ends_at - now()))::int as wait from failures
    where key = $1 and count >= $2 and window_ends_at > now()`,
    [key, allowedFailures],
  );
  return row?.wait ?? 0;
}

/** Counts one failure and says how many there are now; the first after an ended window opens a new one. Ended windows of others are swept on the way. */
export async function countFailure(sql: Sql, key: Buffer): Promise<number> {
  await sql.query('delete from failures where key in (select key from failures where window_ends_at <= now() and key <> $1 limit 100 for update skip locked)', [key]);
  const [row] = await sql.query<{ readonly count: number }>(
    `insert into failures as f (key, count, window_ends_at) values ($1, 1, now() + make_interval(secs => $2))
    on conflict (key) do update set
      count = case when f.window_ends_at > now() then f.count + 1 else 1 end,
      window_ends_at = case when f.window_ends_at > now() then f.window_ends_at else excluded.window_ends_at end
    returning count`,
    [key, windowSeconds],
  );
  return row?.count ?? 0;
}

/** A right password ends the count. */
export async function forgetFailures(sql: Sql, key: Buffer): Promise<void> {
  await sql.query('delete from failures where key = $1', [key]);
}
