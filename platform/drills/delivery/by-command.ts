import { inTime, NEVER, type DrillRun } from '../drill.ts';
import type { Person } from '../person.ts';
import type { Site } from '../site.ts';
import { until } from '../until.ts';
import { pullPage, sameEverywhere } from './diffs.ts';
import { answersWithLimit, limitIn, LOOK } from './limit.ts';
import { underLoad } from './under-load.ts';

const MOST = { healthy: 15, back: 20 } as const;

/** The whole loop from the command line: the author is its own account, the second person the administrator. */
export async function byCommand(at: DrillRun, caller: Person, { run, value }: { readonly run: number; readonly value: number }): Promise<void> {
  const { site, check, figure } = at;
  const what = `by command, run ${run}`;
  const old = limitIn((await site.admin.ask('GET', LOOK)).headers) ?? 0;
  const asked = await site.journey(['change', 'knob', 'rateLimit', String(value), '--reason', `${what}: more at once`, '--json']);
  const number = pullIn(asked.out);
  check(`${what}: the change waits as a pull request`, asked.code === 0 && number !== '' && await answersWithLimit(site.admin, old, 1) === true, `${old} to ${value}, #${number} ${asked.err.trim().split('\n').at(-1) ?? ''}`);
  if (number === '') return;
  await sameEverywhere(at, what, number);

  const own = await site.journey(['approve', number]);
  const alone = await site.journey(['merge', number]);
  check(`${what}: the author can neither approve nor merge it`, own.code === 1 && own.err.includes('Nobody approves their own') && alone.code === 1 && alone.err.includes('1 more approval') && (await pullPage(site, number)).pull.state === 'open', `${own.code}, ${alone.code}`);
  const second = await site.journey(['approve', number, '--as', site.admin.name, '--password-stdin'], `${site.adminPassword}\n`);
  check(`${what}: a second person can approve it`, second.code === 0, second.code === 0 ? '' : second.err);

  await underLoad(at, caller, `${what}, rollout`, async () => {
    const merging = site.journey(['merge', number]);
    const answered = await until(60, () => answersWithLimit(site.admin, value, 1));
    const healthy = await until(60, () => healthyAt(site, number));
    const seconds = (answered?.after ?? NEVER) + (healthy?.after ?? NEVER);
    figure('by command: seconds from merge to healthy', seconds);
    inTime(at, `${what}: merge to healthy within ${MOST.healthy} s`, seconds, MOST.healthy, `${seconds.toFixed(1)} s; the first answer after ${(answered?.after ?? NEVER).toFixed(1)} s`);
    const merged = await merging;
    check(`${what}: it counts as good, and every answer holds to ${value}`, merged.code === 0 && merged.err.includes('succeeded') && await answersWithLimit(site.admin, value, 5) === true, merged.err.trim().split('\n').at(-1) ?? '');
  });

  const reason = `${what}: too much at once`;
  await underLoad(at, caller, `${what}, rollback`, async () => {
    const started = Date.now();
    const rolling = site.journey(['rollback', `#${number}`, '--reason', reason, '--yes']);
    const back = await until(60, () => answersWithLimit(site.admin, old, 5));
    // The command shows first what will change: it is asked for when that was seen, as with the button of the pages.
    const now = Date.now();
    const asked = await askedAt(site, reason);
    const seconds = back === undefined ? NEVER : (now - asked) / 1000;
    figure('by command: seconds from rollback to old value', seconds);
    figure('by command: seconds from the start of the command, so with its preview, to old value', (now - started) / 1000);
    inTime(at, `${what}: rollback to the old value answering within ${MOST.back} s`, seconds, MOST.back, `${seconds.toFixed(1)} s, after a preview of ${((asked - started) / 1000).toFixed(1)} s`);
    const rolled = await rolling;
    check(`${what}: the rollback counts as good, and every answer holds to ${old}`, rolled.code === 0 && rolled.err.includes('succeeded') && await answersWithLimit(site.admin, old, 5) === true, rolled.err.trim().split('\n').at(-1) ?? '');
    for (const [step, seconds] of await stepsOf(site, asked)) figure(`by command: seconds from rollback to ${step}`, seconds);
  });
  const again = await site.journey(['change', 'knob', 'rateLimit', String(value), '--reason', 'once more']);
  check(`${what}: it is not promoted again`, again.code === 1 && again.err.includes('is held since it was taken back') && again.err.includes(reason), again.err.trim().split('\n')[0] ?? '');
}

/** The number of the pull request in what `./journey change --json` printed; empty when there is none. */
export function pullIn(ndjson: string): string {
  return /"pull":(\d+)/.exec(ndjson)?.[1] ?? '';
}

/** When the newest pull request was opened, and when it was on main, in seconds after a moment: where the time goes. */
async function stepsOf(site: Site, since: number): Promise<readonly (readonly [string, number])[]> {
  const { body } = await site.operator.ask('GET', '/v1/pulls');
  const [newest] = body['pulls'] as readonly { readonly openedAt: string; readonly mergedAt?: string }[];
  return [['pull request', newest?.openedAt], ['main', newest?.mergedAt]].map(([step = '', time = '']) => [step, (Date.parse(time) - since) / 1000]);
}

/** When a request was taken, as its service says; one machine, one clock. */
async function askedAt(site: Site, reason: string): Promise<number> {
  const { body } = await site.operator.ask('GET', '/v1/deployments');
  const found = (body['deployments'] as readonly { readonly reason: string; readonly requestedAt: string }[]).find((one) => one.reason === reason);
  return Date.parse(found?.requestedAt ?? '');
}

/** Whether the engine says that the gateway is as the merge commit wants it, and well. */
async function healthyAt(site: Site, number: string): Promise<true | undefined> {
  const commit = (await pullPage(site, number)).pull.mergedAs;
  const { body } = await site.admin.ask('GET', '/v1/environments');
  const local = (body['environments'] as readonly Environment[]).find(({ name }) => name === 'local');
  const cell = local?.workloads.find(({ workload }) => workload === 'gateway');
  return commit !== undefined && local?.revision === commit && cell?.sync === 'Synced' && cell.health === 'Healthy' ? true : undefined;
}

interface Environment { readonly name: string; readonly revision: string; readonly workloads: readonly { readonly workload: string; readonly sync: string; readonly health: string }[] }
