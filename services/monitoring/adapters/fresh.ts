import type { Sql } from '../../kit/adapters/postgres.ts';

/** What one request brought. Its digest tells it from every other, and is the same when it comes again. */
export interface Sent<T> {
  readonly digest: Buffer;
  readonly records: readonly T[];
}

/** The requests that did not come before. A second process with the same one waits here for the first's end. */
export async function fresh<T>(sql: Sql, sent: readonly Sent<T>[]): Promise<readonly Sent<T>[]> {
  const byDigest = new Map(sent.map((one) => [one.digest.toString('hex'), one]));
  const rows = await sql.query<{ digest: string }>(
    `insert into taken (digest) select decode(hex, 'hex') from unnest($1::text[]) as hex order by hex on conflict do nothing returning encode(digest, 'hex') as digest`,
    [[...byDigest.keys()]],
  );
  return rows.flatMap(({ digest }) => byDigest.get(digest) ?? []);
}
