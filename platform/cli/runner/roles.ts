import pg from 'pg';
import { asSuperuser } from './postgres.ts';

export const DATABASE = 'journey';

/**
 * One role and one schema of the same name per backing, and nothing else for anybody: a workload that was given one
 * backing's URL cannot read another's. Can be repeated.
 */
export async function ensureRoles(port: number, superuser: string, roles: Readonly<Record<string, string>>): Promise<void> {
  await asSuperuser(port, superuser, 'postgres', async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
    for (const name of [DATABASE, 'postgres', 'template1']) await client.query(`revoke all on database ${name} from public`);
  });
  await asSuperuser(port, superuser, DATABASE, async (client) => {
    const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles');
    const existing = new Set(rows.map((row) => row.rolname));
    await client.query('revoke all on schema public from public');
    // A role owns its schema, not the database, so it may make no extension: this one (substrings in closed days of logs) is made for all.
    await client.query('create schema if not exists extensions');
    await client.query('create extension if not exists pg_trgm schema extensions');
    await client.query('grant usage on schema extensions to public');
    for (const [name, password] of Object.entries(roles)) {
      const role = pg.escapeIdentifier(name);
      // A password that holds a quote would still be a literal; ours are base64url.
      await client.query(`${existing.has(name) ? 'alter' : 'create'} role ${role} login nosuperuser nocreatedb nocreaterole noinherit noreplication connection limit 30 password ${pg.escapeLiteral(password)}`);
      await client.query(`grant connect, temporary on database ${DATABASE} to ${role}`);
      await client.query(`create schema if not exists ${role} authorization ${role}`);
      await client.query(`alter role ${role} in database ${DATABASE} set search_path = ${role}`);
    }
  });
}

/** The URL that a workload gets; its password is base64url and needs no escaping. */
export function urlFor(name: string, password: string, port: number): string {
  return `postgres://${encodeURIComponent(name)}:${password}@127.0.0.1:${port}/${DATABASE}?schema=${encodeURIComponent(name)}`;
}
