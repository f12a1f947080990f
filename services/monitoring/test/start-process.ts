import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { until } from '../../kit/test/until.ts';

/** A real process of monitoring, which can be killed. @param own what differs from a monitoring that watches nobody */
export async function startProcess(own: { readonly WORKLOAD_KEY: string; readonly DATABASE: string } & Readonly<Record<string, string>>) {
  const env = {
    HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0', ENVIRONMENT: 'test', INSTALLATION: 'test', REVISION: 'worktree', TELEMETRY_URL: NOWHERE, KEYS_URL: NOWHERE,
    TELEMETRY_DAYS: '7', METRICS: 'own:', LOGS: 'own:', TRACES: 'own:', LOG_LEVEL: 'info', WORKLOADS: `nobody=${NOWHERE}`, NOTIFICATION_URL: NOWHERE, SYNTH_FOLDER: 'synth', ...own,
  };
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, '../main.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => { said = (said + chunk.toString('utf8')).slice(-200_000); });
  const url = await until('the service listens', () => {
    if (child.exitCode !== null) throw new Error(`It ended: ${said.slice(-2000)}`);
    return /"url":"(http:[^"]+)"/.exec(said)?.[1];
  }, 60_000);
  return {
    url,
    async kill() {
      const gone = once(child, 'exit');
      if (!child.kill('SIGKILL')) return;
      await gone;
    },
  };
}
const NOWHERE = 'http://127.0.0.1:1';
