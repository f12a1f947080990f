import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../port.ts';
import { tether } from '../tethered.ts';
import { commandAt, startServer, type TestServer } from './server.ts';

export const redisBinary = (): string | undefined => commandAt('redis-server');

/** A Redis of its own on loopback, with a password and an append-only file. */
export async function startRedis(): Promise<TestServer> {
  const binary = redisBinary();
  if (!binary) throw new Error('redis-server is not installed; run .ci/servers.sh');
  const folder = await mkdtemp(join(tmpdir(), 'journey-test-redis-'));
  const password = randomBytes(12).toString('hex');
  const port = await freePort();
  return await startServer({ url: `redis://:${password}@127.0.0.1:${port}`, port, folder }, () => tether({
    command: [binary, '--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--save', '', '--requirepass', password],
    folder, signal: 'TERM', ready: /Ready to accept connections/, timeoutMs: 10_000,
  }));
}
