import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { poolConfigOf } from './adapters/postgres-url.ts';
import type { Connection } from './contract.ts';
import { migrate } from './migrate.ts';
import { secretOf } from './secret.ts';
import { testKit } from './test/kit.ts';
import { startPostgres, type TestPostgres } from './test/postgres.ts';
import { thing } from './test/thing.ts';

let postgres: TestPostgres;
const kit = testKit(thing);
beforeAll(async () => { postgres = await startPostgres(); }, 60_000);
afterAll(async () => {
  await kit.close();
  await postgres?.stop();
});
const backing = async (name: string): Promise<Connection<'database'>> => ({ kind: 'database', url: secretOf(await postgres.backing(name)), reference: `${name}.DATABASE` });
async function folderOf(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'journey-migrate-'));
  for (const [name, sql] of Object.entries(files)) await writeFile(join(folder, name), `export const up = (db: { sql(text: string): void }) => { db.sql(${JSON.stringify(sql)}); };\n`);
  return folder;
}
async function rows(connection: Connection<'database'>, sql: string): Promise<unknown[]> {
  const client = new pg.Client(poolConfigOf(connection));
  await client.connect();
  const { rows: found } = await client.query<Record<string, unknown>>(sql);
  await client.end();
  return found;
}

test('runs what has not run yet, in the order of the numbers, in the backing\'s own schema', async () => {
  const connection = await backing('one');
  const folder = await folderOf({ '0002-more.ts': 'alter table things add column b int', '0001-things.ts': 'create table things (a int)' });
  expect(await migrate(connection, folder, kit.log)).toEqual(['0001-things', '0002-more']);
  expect(await migrate(connection, folder, kit.log)).toEqual([]);
  await writeFile(join(folder, '0003-last.ts'), 'export const up = (db) => { db.sql(\'insert into things values (1, 2)\'); };');
  expect(await migrate(connection, folder, kit.log)).toEqual(['0003-last']);
  expect(await rows(connection, 'select a, b from one.things')).toEqual([{ a: 1, b: 2 }]);
  await rm(folder, { recursive: true });
});

test('one that fails leaves nothing of its batch behind', async () => {
  const connection = await backing('two');
  const folder = await folderOf({ '0001-things.ts': 'create table things (a int)', '0002-broken.ts': 'create table broken (nonsense)' });
  await expect(migrate(connection, folder, kit.log)).rejects.toThrow(/syntax error/);
  expect(await rows(connection, 'select table_name from information_schema.tables where table_schema = \'two\' and table_name <> \'migrations\'')).toEqual([]);
  await rm(folder, { recursive: true });
});

test('two at once do it once', async () => {
  const connection = await backing('three');
  const folder = await folderOf({ '0001-things.ts': 'select pg_sleep(0.2); create table things (a int)' });
  const done = await Promise.all([migrate(connection, folder, kit.log), migrate(connection, folder, kit.log)]);
  expect(done.map(({ length }) => length).toSorted()).toEqual([0, 1]);
  await rm(folder, { recursive: true });
});
