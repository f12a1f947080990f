/**
 * The command line of the Job that Argo CD runs after each sync (platform/targets/kubernetes/smoke.ts). One JSON line; exit code 1 when
 * the workload does not answer as it should.
 */
import { parseArgs } from 'node:util';
import { openLog } from './log.ts';
import { smoke } from './smoke.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { workload: text, revision: text, health: text, routes: text, seconds: text } });
const { workload = '', revision = '', health, routes, seconds = '60' } = values;
const log = openLog({ service: `${workload}-smoke` });
try {
  await smoke({ workload, revision, health: Number(health), ...(routes === undefined ? {} : { routes: Number(routes) }) }, { withinMs: Number(seconds) * 1000 });
  log.info('it answers', { workload, revision });
} catch (error) {
  log.error('it does not answer as it should', { workload, revision, error });
  process.exitCode = 1;
}
