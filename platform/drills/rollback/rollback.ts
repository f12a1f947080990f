import { inTime, NEVER, randomOf, type Drill, type DrillRun } from '../drill.ts';
import { wrapApp } from '../edit.ts';
import { startLoad } from '../load.ts';
import { answersWith, deploy, ended, merged, requestWhen } from '../request.ts';
import type { Site } from '../site.ts';
import { until } from '../until.ts';

const WORKLOAD = 'configuration';
const PATH = '/v1/settings/local/deployment-freeze';

/** Three ways for a release to be bad. */
const BAD: readonly { readonly name: string; readonly make: (folder: string) => void }[] = [
  { name: 'never ready', make: (folder) => wrapApp(folder, WORKLOAD, "{ ...made, ready: { ...made.ready, DRILL: () => Promise.reject(new Error('not today')) } }") },
  { name: 'crashes after 10 s', make: (folder) => wrapApp(folder, WORKLOAD, 'made', 'setTimeout(() => process.exit(3), 10_000);') },
  {
    name: 'answers 5 % errors',
    make: (folder) => wrapApp(folder, WORKLOAD, "{ ...made, middleware: [(request, response, next) => { count += 1; if (count % 20 === 0) throw new Error('one in twenty'); next(); }, ...(made.middleware ?? [])] }", 'let count = 0;'),
  },
];

/** "What must be shown" 2: bad releases take themselves back, with evidence and one notification; good ones under the same load do not. */
export const rollback: Drill = {
  name: 'rollback',
  about: 'A release that never becomes ready, one that crashes after 10 s and one that answers 5 % errors take themselves back; good ones stay.',
  async run(at) {
    const random = randomOf(at.seed);
    const order = BAD.map((one) => ({ one, place: random() })).toSorted((a, b) => a.place - b.place).map(({ one }) => one);
    const [before, asked] = [at.site.mailsOfChanges(), at.brief ? [order.slice(0, 1), order.slice(0, 1)] : [order, order]];
    for (const { name, make } of asked[0] ?? []) await bad(at, name, make);
    for (const { name } of asked[1] ?? []) await good(at, name);
    // Long after each has ended: a second word about one, or one about a rollback of its own, would be among them.
    const wanted = asked.flat().length;
    const told = await until(20, async () => (at.site.mailsOfChanges() - before >= wanted ? at.site.mailsOfChanges() - before : undefined));
    at.check('at the end there is one notification for each change, and none besides', told?.seen === wanted, `${told?.seen ?? 'fewer'} for ${wanted}`);
  },
};

async function bad(at: DrillRun, name: string, make: (folder: string) => void): Promise<void> {
  const { site, check, figure } = at;
  const before = await answersWith(await urlOf(site));
  const release = site.commit(make, `A release that ${name}`);
  const load = startLoad(site.admin, PATH, 20, 150);
  const asked = await deploy(site.operator, WORKLOAD, release, `drill: ${name}`);
  const onMain = await requestWhen(site.operator, asked['id'], 60, merged);
  const mergedAt = performance.now();
  const gone = await requestWhen(site.operator, asked['id'], 120, ended);
  // Answering for good: the release that was there before, five times in a row.
  const back = await until(60, async () => {
    const url = await urlOf(site);
    for (let i = 0; i < 5; i += 1) if (await answersWith(url) !== before) return undefined;
    return gone?.seen['status'] === 'rolledBack' ? true : undefined;
  });
  const seconds = (performance.now() - mergedAt) / 1000;
  await load.stop();
  check(`${name}: it was merged`, onMain?.seen['commit'] !== undefined, String(onMain?.seen['status']));
  check(`${name}: it took itself back, and the old version answers`, back !== undefined, `${seconds.toFixed(1)} s, ${String(gone?.seen['status'])}${gone?.seen['outcome'] === undefined ? '' : `: ${String(gone.seen['outcome'])}`}`);
  inTime(at, `${name}: the old version answers at most 60 s after the merge`, back === undefined ? NEVER : seconds, 60);
  figure(`${name}: seconds from merge to old version`, seconds);
  const evidence = gone?.seen['evidence'];
  check(`${name}: evidence with the request`, Array.isArray(evidence) && evidence.length > 0, JSON.stringify(evidence)?.slice(0, 160));
  const told = await until(20, async () => (site.mailsWith(String(asked['id'])).length > 0 ? site.mailsWith(String(asked['id'])).length : undefined));
  check(`${name}: one notification`, told?.seen === 1, `${told?.seen ?? 0}`);
  const again = await site.operator.ask('POST', '/v1/deployments', { workload: WORKLOAD, environment: 'local', revision: release, reason: 'once more' });
  check(`${name}: it is held, and not taken again`, again.status === 409, `${again.status} ${String(again.body['detail'] ?? '')}`);
}

async function good(at: DrillRun, name: string): Promise<void> {
  const { site, check } = at;
  const release = site.commit((folder) => wrapApp(folder, WORKLOAD, 'made', `// as good as before (${name})`), `A good release (${name})`);
  const load = startLoad(site.admin, PATH, 20, 150);
  const asked = await deploy(site.operator, WORKLOAD, release, `drill: good beside ${name}`);
  const done = await requestWhen(site.operator, asked['id'], 90, ended);
  // As long as the bad ones had.
  await new Promise<void>((resolve) => { setTimeout(resolve, at.brief ? 5000 : 30_000); });
  const { failures } = await load.stop();
  const after = (await site.operator.ask('GET', `/v1/deployments/${String(asked['id'])}`)).body;
  check(`a good one beside "${name}" stays`, done?.seen['status'] === 'succeeded' && after['status'] === 'succeeded' && await answersWith(await urlOf(site)) === release, `${String(after['status'])} ${String(after['outcome'] ?? '')}`);
  check(`a good one beside "${name}" failed no request`, failures.length === 0, `${failures.length} ${failures[0] ?? ''}`);
}

async function urlOf(site: Site): Promise<string> {
  return (await site.status()).processes.find(({ name }) => name === WORKLOAD)?.urls['http'] ?? '';
}
