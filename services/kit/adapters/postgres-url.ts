import type { PoolConfig } from 'pg';
import type { Connection } from '../contract.ts';

const SCHEMA = /^[a-z][a-z0-9_-]{0,62}$/;

/**
 * What `pg` needs to know. `?schema=<name>` becomes the search path, alone: no name resolves outside of it.
 * Everything else of the URL (`sslmode` …) is read by `pg` itself.
 * @throws {Error} without the URL, which holds a password, when the schema's name is not one
 */
export function poolConfigOf(connection: Connection): PoolConfig {
  const url = new URL(connection.url.reveal());
  const schema = schemaOf(connection);
  url.searchParams.delete('schema');
  return {
    connectionString: url.href,
    ...(schema ? { options: `-c search_path="${schema}"` } : {}),
  };
}

/** The schema that the URL names, if any. */
export function schemaOf(connection: Connection): string | undefined {
  const schema = new URL(connection.url.reveal()).searchParams.get('schema') ?? undefined;
  if (schema !== undefined && !SCHEMA.test(schema)) {
    throw new Error(`${connection.reference}: "?schema=" must be a name such as "settings": lower-case letters, digits, "-" and "_".`);
  }
  return schema;
}
