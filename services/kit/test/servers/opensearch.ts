import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../port.ts';
import { tether } from '../tethered.ts';
import { commandAt, startServer, type TestServer } from './server.ts';

const INSTALLED = join(import.meta.dirname, '../../../../.journey/tools/opensearch');
export const openSearchBinary = (): string | undefined => (existsSync(join(INSTALLED, 'version')) ? commandAt('java') : undefined);

/** An OpenSearch of its own on loopback, without credentials. It takes half a minute to start: once per file. */
export async function startOpenSearch(): Promise<TestServer> {
  const java = openSearchBinary();
  if (java === undefined) throw new Error('OpenSearch is not installed; run .ci/opensearch.sh');
  const folder = await mkdtemp(join(tmpdir(), 'journey-test-opensearch-'));
  const [port, transport] = [await freePort(), await freePort()];
  return await startServer({ url: `http://127.0.0.1:${port}`, port, folder }, () => tether({
    command: [java, '-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', `-Djava.io.tmpdir=${folder}`, '-cp', `${join(INSTALLED, 'classes')}:${join(INSTALLED, 'lib')}/*`, 'Launcher', join(folder, 'data'), String(port), String(transport)],
    folder, signal: 'KILL', ready: /OpenSearch is ready/, timeoutMs: 150_000,
  }));
}
