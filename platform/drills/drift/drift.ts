import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { inTime, NEVER, pick, randomOf, type Drill } from '../drill.ts';
import { editEnvironment } from '../edit-environment.ts';
import type { Site } from '../site.ts';
import { until } from '../until.ts';

const WORKLOADS = ['auth', 'configuration', 'notification', 'gateway'] as const;
type Kind = 'killed process' | 'edited environment' | 'extra process';
const KINDS: readonly Kind[] = ['killed process', 'edited environment', 'extra process'];

/** "What must be shown" 3: drift is shown within 10 s with the exact field, and healed within 30 s. */
export const drift: Drill = {
  name: 'drift',
  about: 'Kills processes, edits their environment, starts extra ones; each is shown within 10 s with its field and healed within 30 s.',
  async run({ site, seed, brief, check, figure }) {
    const random = randomOf(seed);
    for (let round = 0; round < (brief ? 3 : 20); round += 1) {
      const kind = brief ? KINDS[round] ?? 'killed process' : pick(random, KINDS);
      const workload = pick(random, WORKLOADS);
      const what = `${kind} of ${workload}`;
      // What an earlier round left among the healed of the last minute counts for nothing.
      const before = Date.now();
      const { wanted, over } = await cause(site, kind, workload);
      const shown = await until(20, async () => driftOf(site, workload, before).then((fields) => fields.find(({ field, live }) => field === wanted.field && live.includes(wanted.live))));
      check(`${what}: shown with its field`, shown !== undefined, shown ? `${shown.seen.field}: ${shown.seen.desired} → ${shown.seen.live}, ${shown.after.toFixed(1)} s` : 'never');
      inTime({ brief, check, figure }, `${what}: shown within 10 s`, shown?.after ?? NEVER, 10);
      const healed = await until(60, async () => (await over() && (await driftOf(site, workload)).length === 0 ? true : undefined));
      const seconds = (shown?.after ?? 0) + (healed?.after ?? NEVER);
      check(`${what}: healed`, healed !== undefined);
      inTime({ brief, check, figure }, `${what}: healed within 30 s`, healed === undefined ? NEVER : seconds, 30);
      figure('seconds until shown', shown?.after ?? NEVER);
      figure('seconds until healed', seconds);
    }
  },
};

interface Caused { readonly wanted: { readonly field: string; readonly live: string }; readonly over: () => Promise<boolean> }

async function cause(site: Site, kind: Kind, workload: string): Promise<Caused> {
  const process = (await site.status()).processes.find(({ name }) => name === workload);
  const pid = process?.pid ?? 0;
  const url = process?.urls['http'] ?? '';
  if (pid < 2) throw new Error(`${workload} has no process`);
  const answers = async () => {
    const answer = await fetch(`${url}/openapi.json`, { signal: AbortSignal.timeout(3000) });
    // Read to its end: Node 24's fetch breaks off the whole program when a large body is left and its sender dies (nodejs/undici#5360).
    await answer.arrayBuffer();
    return answer.ok;
  };
  const another = async () => {
    const now = (await site.status()).processes.find(({ name }) => name === workload)?.pid;
    return typeof now === 'number' && now !== pid && await answers();
  };
  if (kind === 'killed process') {
    globalThis.process.kill(pid, 'SIGKILL');
    return { wanted: { field: 'process', live: 'SIGKILL' }, over: another };
  }
  if (kind === 'edited environment') {
    editEnvironment(pid, 'LOG_LEVEL=info', 'LOG_LEVEL=warn');
    return { wanted: { field: 'env.LOG_LEVEL', live: 'warn' }, over: another };
  }
  // As somebody would start one by hand: the program of the workload with the environment of the real one.
  const env = Object.fromEntries(readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter((entry) => /^(INSTALLATION|ENVIRONMENT)=/.test(entry)).map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]));
  const extra = spawn(globalThis.process.execPath, ['-e', 'setTimeout(() => {}, 60_000)', `services/${workload}/main.ts`], { env, stdio: 'ignore' });
  let gone = false;
  extra.once('exit', () => { gone = true; });
  return { wanted: { field: 'process', live: `pid ${extra.pid ?? 0}: ` }, over: async () => gone && await answers() };
}

interface Field { readonly workload: string; readonly field: string; readonly desired: string; readonly live: string; readonly at?: string }
/** What is not as main says; with `since`, also what was seen and healed after that moment (Unix milliseconds): healing is often faster than a look. */
async function driftOf(site: Site, workload: string, since?: number): Promise<readonly Field[]> {
  const { body } = await site.operator.ask('GET', '/v1/drift');
  const healed = since === undefined ? [] : (body['healed'] as readonly Field[]).filter(({ at = '' }) => Date.parse(at) >= since);
  return [...(body['drift'] as readonly Field[]), ...healed].filter((one) => one.workload === workload);
}
