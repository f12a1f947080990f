import pg from 'pg';
import { runner, type MigrationBuilder } from 'node-pg-migrate';
import { pathToFileURL } from 'node:url';
import { poolConfigOf, schemaOf } from './adapters/postgres-url.ts';
import type { Connection } from './contract.ts';
import type { Log } from './log.ts';

/**
 * One step of a database: a file `migrations/0001-people.ts` that holds `export const up: Migration = (db) => { db.sql(…) }`.
 * The number orders the files; a file that has run anywhere is never changed, only followed. Tables are named
 * without a schema, since the search path is the backing's own.
 */
export type Migration = (db: MigrationBuilder) => void | Promise<void>;

/** Runs what has not run yet, in one transaction: all or nothing. Two at once: the second waits, then finds nothing to do. */
export async function migrate(connection: Connection<'database'>, folder: string, log: Log): Promise<readonly string[]> {
  const client = new pg.Client(poolConfigOf(connection));
  await client.connect();
  try {
    const done = await runner({
      dbClient: client, dir: folder, direction: 'up', migrationsTable: 'migrations', schema: schemaOf(connection) ?? 'public',
      singleTransaction: true, advisoryLockMode: 'wait', ignorePattern: '(?:.*\\.test\\.ts|\\..*)',
      // Node reads .ts by itself: no second compiler, and stack lines that are true.
      migrationLoaderStrategies: [{
        extensions: ['.ts'],
        loader: (paths) => Promise.all(paths.map(async (path) => ({ id: path, filePaths: [path], actions: await import(pathToFileURL(path).href) }))),
      }],
      logger: { info: (line) => log.debug(line), warn: (line) => log.warn(line), error: (line) => log.error(line) },
    });
    return done.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
