import { join } from 'node:path';
import { startProcess } from '../../kit/test/start-process.ts';

const NOWHERE = 'http://127.0.0.1:1';
/** A real process of monitoring. @param own what differs from one that watches nobody and tells nobody */
export const startKillable = (own: { readonly WORKLOAD_KEY: string; readonly DATABASE: string } & Readonly<Record<string, string>>) => startProcess(join(import.meta.dirname, '../main.ts'), {
  HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0', ENVIRONMENT: 'test', INSTALLATION: 'test', REVISION: 'worktree', TELEMETRY_URL: NOWHERE, KEYS_URL: NOWHERE,
  TELEMETRY_DAYS: '7', METRICS: 'own:', LOGS: 'own:', TRACES: 'own:', LOG_LEVEL: 'info', WORKLOADS: `nobody=${NOWHERE}`, NOTIFICATION_URL: NOWHERE, SYNTH_FOLDER: 'synth', PAGES_URL: 'none:', ...own,
});
