import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startDatabases } from './database-server.ts';
import { openBoard, type Board } from './board.ts';
import { folderOf } from './folder.ts';
import { identityOf, isAlive } from './identity.ts';
import { answers, watchOver } from './postgres.ts';
import { postgresPlace } from './postgres-place.ts';
import { choosePorts, isFree, portsFile } from './ports.ts';
import type { Prepared } from './prepare.ts';
import { urlFor } from './roles.ts';
import { randomText } from './secrets.ts';
import type { Supervised } from './supervise.ts';

/** A real server with three backings, as `up` starts it. */
const root = mkdtempSync(join(tmpdir(), 'journey-roles-'));
chmodSync(root, 0o755);
const folder = folderOf(root);
const passwords = { postgres: randomText(), identity: randomText(), 'settings-cache': randomText() };
let prepared: Prepared;
let board: Board;
let server: Supervised;
beforeAll(async () => {
  const ports = await choosePorts(portsFile(folder.ports), ['postgres']);
  const { postgres, ...roles } = passwords;
  const own = { id: 'test', ports, secrets: {}, urls: {} };
  prepared = { folder, ports, own, roles, mail: false, keys: 'auth', backings: [], secrets: { values: {}, passwords: { postgres, ...roles } }, plan: { environment: 'local', processes: [], waves: [], backings: [], secrets: [] } };
  board = openBoard(prepared, identityOf(process.pid) ?? { pid: process.pid, started: '' }, new Date().toISOString());
  const started = await startDatabases(prepared, board, new AbortController().signal, () => {});
  if (!started) throw new Error('not started');
  server = started;
}, 60_000);
afterAll(async () => {
  await server.stop();
  rmSync(root, { recursive: true, force: true });
}, 30_000);

const port = () => prepared.ports['postgres'] ?? 0;
async function as<T>(name: 'identity' | 'settings-cache', sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: urlFor(name, passwords[name], port()) });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('a backing has a schema of its own and is at home in it', async () => {
  await as('identity', 'create table people (name text); insert into people values (\'a\')');
  await as('settings-cache', 'create unlogged table entries (key text)');
  expect(await as('identity', 'select current_schema as here')).toEqual([{ here: 'identity' }]);
  expect(await as('settings-cache', "select schemaname from pg_tables where tablename = 'entries'")).toEqual([{ schemaname: 'settings-cache' }]);
});

test.each([
  ["read another's table", 'select * from identity.people', '42501'],
  ["write into another's schema", 'create table identity.mine ()', '42501'],
  ['use the public schema', 'create table public.mine ()', '42501'],
  ['make a schema', 'create schema mine', '42501'],
  ['make a role', 'create role mine', '42501'],
  ['become another', 'set role identity', '42501'],
  ["read the server's files", "select pg_read_file('postmaster.pid')", '42501'],
])('nobody may %s', async (_, sql, code) => {
  await expect(as('settings-cache', sql)).rejects.toMatchObject({ code });
});

test('another database of the server is closed to it', async () => {
  const url = urlFor('settings-cache', passwords['settings-cache'], port()).replace('/journey', '/postgres');
  const client = new pg.Client({ connectionString: url });
  await expect(client.connect()).rejects.toMatchObject({ code: '42501' });
});

test('a wrong password is said with its fix', async () => {
  await expect(answers(port(), 'wrong')).rejects.toMatchObject({ code: 1, fix: expect.stringContaining('reset') });
});

test('killed, it is started again and has kept what was acknowledged', async () => {
  const before = server.status().identity;
  process.kill(before?.pid ?? 0, 'SIGKILL');
  const deadline = Date.now() + 20_000;
  while ((server.status().identity?.pid === before?.pid || server.status().health !== 'Healthy') && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(server.status()).toMatchObject({ health: 'Healthy', restarts: expect.any(Number) });
  expect(await as('identity', 'select name from people')).toEqual([{ name: 'a' }]);
}, 30_000);

test('when the runner is gone, the watch asks the server to end', async () => {
  const child = spawn('/bin/sleep', ['60'], { stdio: 'ignore' });
  const watch = watchOver(child.pid ?? 0);
  const ended = once(child, 'exit');
  watch.stdin?.destroy();
  expect((await ended)[1]).toBe('SIGINT');
});

test('a server that cannot start is said, with its last words, and leaves nothing behind', async () => {
  const second = startDatabases(prepared, { ...board, set: () => {}, helper: () => () => {} }, new AbortController().signal, () => {}, { crashes: 1 });
  await expect(second).rejects.toMatchObject({ code: 4, why: expect.stringContaining('ended with code') });
  expect(server.status().health).toBe('Healthy');
}, 30_000);

test('stopped, it leaves no process and no port', async () => {
  const { helpers } = board.state();
  const { identity } = server.status();
  await server.stop();
  expect([...helpers, ...(identity ? [identity] : [])].filter(isAlive)).toEqual([]);
  expect(await isFree(port())).toBe(true);
});

test('with another password it is refused at once: asking again would not help', async () => {
  const wrong = { ...prepared, secrets: { ...prepared.secrets, passwords: { ...passwords, postgres: randomText() } } };
  const begun = performance.now();
  await expect(startDatabases(wrong, { ...board, set: () => {}, helper: () => () => {} }, new AbortController().signal, () => {})).rejects.toMatchObject({ code: 1, fix: expect.stringContaining('reset') });
  expect(performance.now() - begun).toBeLessThan(15_000);
  expect(await isFree(port())).toBe(true);
}, 40_000);

const asRoot = process.getuid?.() === 0 ? test : test.skip;
asRoot('below a closed folder its data goes outside, linked from where it would be', async () => {
  const closed = mkdtempSync(join(tmpdir(), 'journey-closed-'));
  const temp = mkdtempSync(join(tmpdir(), 'journey-outside-'));
  chmodSync(temp, 0o755);
  const place = await postgresPlace({ data: join(closed, 'data'), installation: 'abc', temp });
  expect(place.outside).toBe(join(temp, 'request-journey-abc'));
  expect(readlinkSync(join(closed, 'data/postgres'))).toBe(place.data);
  expect(existsSync(place.postgres)).toBe(true);
  expect(statSync(place.postgres).mode & 0o005).toBe(0o005);
  expect(await postgresPlace({ data: join(closed, 'data'), installation: 'abc', temp })).toEqual(place);
  await expect(postgresPlace({ data: join(closed, 'data'), installation: 'other', temp })).rejects.toMatchObject({ code: 1, fix: expect.stringContaining('reset') });
  for (const path of [closed, temp]) rmSync(path, { recursive: true });
});
