import { createHash } from 'node:crypto';
import type { Sql } from '../../kit/adapters/postgres.ts';

/** Wrong passwords per name and address before the next has to wait. In the database, so it holds over all replicas. */
export const allowedFailures = 5;
/** … and per name from anywhere: an address is only what a header says, and may be another one with every try. */
export const allowedFromAnywhere = 20;
export const windowSeconds = 15 * 60;

/** What is counted for one try: by the pair, so that a stranger does not soon lock somebody out, and by the name alone. */
export interface AttemptKeys {
  readonly pair: Buffer;
  readonly name: Buffer;
}

/** Hashes, so that the table is no list of names. Neither a name nor an address can hold a U+0000. */
export function attemptKeys(name: string, address: string): AttemptKeys {
  return { pair: hash(`${name}\0${address}`), name: hash(name) };
}

/** Seconds to wait before the next try; 0 when it may be made now. */
export async function secondsToWait(sql: Sql, { pair, name }: AttemptKeys): Promise<number> {
  const [row] = await sql.query<{ readonly wait: number | null }>(
    `select max(ceil(extract(epoch from window_ends_at - now()))::int) as wait from failures
    where (key = $1 and count >= $2 or key = $3 and count >= $4) and window_ends_at > now()`,
    [pair, allowedFailures, name, allowedFromAnywhere],
  );
  return row?.wait ?? 0;
}

/** Counts one failure, under both keys, and says whether it was one more than is allowed. Ended windows of others are swept on the way. */
export async function countFailure(sql: Sql, { pair, name }: AttemptKeys): Promise<boolean> {
  // Always in this order, and the sweep (which waits for no lock) last: side by side they cannot lock each other up.
  const fromHere = await countOne(sql, pair);
  const fromAnywhere = await countOne(sql, name);
  await sql.query('delete from failures where key in (select key from failures where window_ends_at <= now() limit 100 for update skip locked)');
  return fromHere > allowedFailures || fromAnywhere > allowedFromAnywhere;
}

/** The first failure after an ended window opens a new one. @returns how many there are now */
async function countOne(sql: Sql, key: Buffer): Promise<number> {
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

/** A right password ends the count of its pair. That of the name goes on: its owner's sign-ins must not give a stranger new tries. */
export async function forgetFailures(sql: Sql, { pair }: AttemptKeys): Promise<void> {
  await sql.query('delete from failures where key = $1', [pair]);
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
