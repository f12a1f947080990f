import type { Sql } from '../../kit/adapters/postgres.ts';
import type { Matcher, Silence } from '../domain/silence.ts';

interface Row { readonly id: string; readonly kind: Silence['kind']; readonly matchers: readonly Matcher[]; readonly startsAt: string; readonly endsAt: string | null; readonly by: string; readonly reason: string; readonly updatedAt: string }
const SELECT = 'select id, kind, matchers, starts_ms as "startsAt", ends_ms as "endsAt", person as by, reason, updated_ms as "updatedAt" from silences';
const silenceOf = ({ startsAt, endsAt, updatedAt, ...rest }: Row): Silence => ({ ...rest, startsAt: Number(startsAt), endsAt: endsAt === null ? null : Number(endsAt), updatedAt: Number(updatedAt) });

/** Those that are on or to come, and those that ended after `since`. */
export async function readSilences(sql: Sql, since: number): Promise<readonly Silence[]> {
  return (await sql.query<Row>(`${SELECT} where ends_ms is null or ends_ms > $1 order by starts_ms desc limit 1000`, [since])).map(silenceOf);
}
export async function silenceWith(sql: Sql, id: string): Promise<Silence | undefined> {
  const [row] = await sql.query<Row>(`${SELECT} where id = $1 for update`, [id]);
  return row && silenceOf(row);
}
export async function saveSilence(sql: Sql, { id, kind, matchers, startsAt, endsAt, by, reason, updatedAt }: Silence, fingerprint: string | null = null): Promise<void> {
  await sql.query(
    `insert into silences (id, kind, matchers, starts_ms, ends_ms, person, reason, updated_ms, fingerprint) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (id) do update set matchers = excluded.matchers, starts_ms = excluded.starts_ms, ends_ms = excluded.ends_ms, person = excluded.person, reason = excluded.reason, updated_ms = excluded.updated_ms`,
    [id, kind, JSON.stringify(matchers), startsAt, endsAt, by, reason, updatedAt, fingerprint],
  );
}
export async function endSilence(sql: Sql, id: string, now: number): Promise<void> {
  await sql.query('update silences set ends_ms = $2, updated_ms = $2 where id = $1', [id, now]);
}
/** An acknowledgement is for one alert while it lasts. */
export async function endAcknowledgements(sql: Sql, fingerprints: readonly string[], now: number): Promise<void> {
  if (fingerprints.length > 0) await sql.query(`update silences set ends_ms = $2, updated_ms = $2 where kind = 'acknowledgement' and ends_ms is null and fingerprint = any ($1::text[])`, [fingerprints, now]);
}
