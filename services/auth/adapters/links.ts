import { createHash, randomBytes } from 'node:crypto';
import type { Sql } from '../../kit/adapters/postgres.ts';

/** A one-time link opens one session, within 15 minutes. Only its SHA-256 is kept: 256 random bits need no slow hash. */
export const linkMinutes = 15;

/** 32 random bytes, base64url: the 43 characters that the contract asks for. */
export function newLink(): string {
  return randomBytes(32).toString('base64url');
}

/** Keeps a link for a person. One that is known already, used or not, stays as it is. `false` when nobody has that name. */
export async function keepLink(sql: Sql, link: string, name: string): Promise<boolean> {
  const rows = await sql.query(
    `with person as (select id from people where name = $2),
      kept as (insert into links (hash, person, expires_at)
        select $1, id, now() + make_interval(mins => $3) from person on conflict (hash) do nothing)
    select id from person`,
    [digest(link), name, linkMinutes],
  );
  return rows.length === 1;
}

/** Uses a link up and says whose it is; `null` when it is unknown, used or too old. Two at once: one of them wins. */
export async function useLink(sql: Sql, link: string): Promise<string | null> {
  const [row] = await sql.query<{ readonly name: string }>(
    `update links set used_at = now() from people
    where links.hash = $1 and links.used_at is null and links.expires_at > now() and people.id = links.person
    returning people.name`,
    [digest(link)],
  );
  return row?.name ?? null;
}

function digest(link: string): Buffer {
  return createHash('sha256').update(link).digest();
}
