import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../port.ts';
import { tether } from '../tethered.ts';
import { commandAt, startServer, type TestServer } from './server.ts';

export const alertmanagerBinary = (): string | undefined => commandAt('prometheus-alertmanager');

/** An Alertmanager of its own on loopback, without neighbours, which tells nobody; an alert that pages inhibits the tickets of its workload. */
export async function startAlertmanager(): Promise<TestServer> {
  const binary = alertmanagerBinary();
  if (!binary) throw new Error('prometheus-alertmanager is not installed; run .ci/servers.sh');
  const folder = await mkdtemp(join(tmpdir(), 'journey-test-alertmanager-'));
  const port = await freePort();
  const config = join(folder, 'alertmanager.yml');
  // JSON is YAML.
  await writeFile(config, JSON.stringify({
    route: { receiver: 'nobody' }, receivers: [{ name: 'nobody' }],
    inhibit_rules: [{ source_matchers: ['severity="page"'], target_matchers: ['severity="ticket"'], equal: ['workload', 'environment'] }],
  }));
  return await startServer({ url: `http://127.0.0.1:${port}`, port, folder }, () => tether({
    command: [binary, `--config.file=${config}`, `--storage.path=${join(folder, 'data')}`, `--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address='],
    folder, signal: 'TERM', ready: /Listening|listening/, timeoutMs: 20_000,
  }));
}
