import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../port.ts';
import { tether } from '../tethered.ts';
import { commandAt, startServer, type TestServer } from './server.ts';

export const prometheusBinary = (): string | undefined => commandAt('prometheus');

/** Who is read, once a second. */
export interface PrometheusTarget { readonly job: string; readonly url: string; readonly labels?: Readonly<Record<string, string>> }

/**
 * A Prometheus of its own on loopback, with exemplars; besides `targets` it reads those that its file `targets.json` lists, which may be written later.
 * @param blocks of data to begin with are put into the folder that it is given
 */
export async function startPrometheus(targets: readonly PrometheusTarget[] = [], fill: (data: string) => Promise<void> = () => Promise.resolve()): Promise<TestServer & { readonly targetsFile: string }> {
  const binary = prometheusBinary();
  if (!binary) throw new Error('prometheus is not installed; run .ci/servers.sh');
  const folder = await mkdtemp(join(tmpdir(), 'journey-test-prometheus-'));
  const port = await freePort();
  const targetsFile = join(folder, 'targets.json');
  const config = join(folder, 'prometheus.yml');
  // JSON is YAML.
  await writeFile(config, JSON.stringify({
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: [
      ...targets.map(({ job, url, labels = {} }) => ({ job_name: job, static_configs: [{ targets: [new URL(url).host], labels }] })),
      { job_name: 'targets.json', file_sd_configs: [{ files: [targetsFile], refresh_interval: '1s' }] },
    ],
  }));
  await fill(join(folder, 'data'));
  const server = await startServer({ url: `http://127.0.0.1:${port}`, port, folder }, () => tether({
    command: [binary, `--config.file=${config}`, `--storage.tsdb.path=${join(folder, 'data')}`, '--storage.tsdb.retention.time=40d', `--web.listen-address=127.0.0.1:${port}`, '--enable-feature=exemplar-storage'],
    folder, signal: 'TERM', ready: /Server is ready to receive web requests/, timeoutMs: 20_000,
  }));
  return { ...server, targetsFile };
}
