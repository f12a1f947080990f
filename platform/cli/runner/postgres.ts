import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, openSync, closeSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { CliError, exit } from '../command.ts';
import type { PostgresPlace } from './postgres-place.ts';

/** Small: a laptop has one user. Connections: each workload's pool, with room for migrations and a person with psql. */
const SETTINGS = {
  listen_addresses: '127.0.0.1', unix_socket_directories: '', shared_buffers: '32MB', max_connections: '120', wal_level: 'minimal', max_wal_senders: '0',
  max_wal_size: '256MB', autovacuum_max_workers: '1', max_worker_processes: '2', max_parallel_workers: '0', max_parallel_workers_per_gather: '0', jit: 'off',
  track_io_timing: 'on', log_min_messages: 'warning', lc_messages: 'C', log_timezone: 'UTC', password_encryption: 'scram-sha-256',
};

/** Makes the cluster once, beside its final place, so that an interrupted run leaves no half one. */
export async function initialize(place: PostgresPlace, password: string): Promise<void> {
  if (existsSync(join(place.data, 'PG_VERSION'))) return;
  const fresh = `${place.data}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  const secret = mkdtempSync(join(tmpdir(), 'journey-'));
  const passwordFile = join(secret, 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (place.user) for (const path of [fresh, secret, passwordFile]) chownSync(path, place.user.uid, place.user.gid);
  try {
    await finished(place.initdb, [`--pgdata=${fresh}`, '--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'], place.user);
  } finally {
    rmSync(secret, { recursive: true, force: true });
  }
  renameSync(fresh, place.data);
}

export interface ServerOptions {
  readonly place: PostgresPlace;
  readonly port: number;
  /** File that its messages are appended to. */
  readonly log: string;
}

/** Starts the server as the leader of a group of its own; the caller watches for its exit. `ready` below waits for it. */
export function launch({ place, port, log }: ServerOptions): ChildProcess {
  const flags = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // It refuses folders that others may read; a restored backup or a careless chmod is mended here.
  chmodSync(place.data, 0o700);
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'a');
  const child = spawn(place.postgres, ['-D', place.data, '-p', String(port), ...flags], { ...place.user, cwd: place.data, detached: true, stdio: ['ignore', output, output], env: { PATH: '/usr/bin:/bin', TZ: 'UTC' } });
  closeSync(output);
  child.on('error', () => {});
  return child;
}

/**
 * PostgreSQL does not notice when the runner is killed. A shell of one megabyte does: it waits for the end of a pipe that
 * only the runner holds, then asks the server for its fast shutdown.
 */
export function watchOver(pid: number): ChildProcess {
  const child = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1" 2>/dev/null', 'watch', String(pid)], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], env: { PATH: '/usr/bin:/bin' } });
  child.on('error', () => {});
  child.stdin?.on('error', () => {});
  return child;
}

/** Runs SQL as the superuser. */
export async function asSuperuser<T>(port: number, password: string, database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Asks once. @throws {CliError} (1) when it has another password; the connection's error otherwise */
export async function answers(port: number, password: string): Promise<void> {
  try {
    await asSuperuser(port, password, 'postgres', async (client) => void (await client.query('select 1')));
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '28P01') throw error;
    throw new CliError(exit.failure, { what: 'PostgreSQL refuses the password of this checkout', why: 'its data was made with another .journey/secrets.json', fix: 'Put that file back, or forget the data: `./journey reset --yes`.' }, error);
  }
}

function finished(file: string, args: readonly string[], user: PostgresPlace['user']): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...user, cwd: tmpdir(), stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: '/usr/bin:/bin', TZ: 'UTC' } });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const failed = (why: string) => reject(new CliError(exit.failure, { what: 'PostgreSQL could not make its data folder', why, fix: 'Free disk space, check who owns .journey/data, then run the command again; nothing half-made was kept.' }));
    child.on('error', (error) => failed(error.message));
    child.on('close', (code) => (code === 0 ? resolve() : failed(said.trim().split('\n').slice(-3).join(' ') || `initdb ended with ${code}`)));
  });
}
