import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { commitOf } from '../kit/git-objects.ts';
import { until } from '../kit/test/until.ts';
import { deploymentEnded } from './contract.ts';
import type { DeploymentRequest } from './domain/request.ts';
import { digest } from './test/fake-argocd.ts';
import { startFakeCluster, type FakeCluster } from './test/fake-cluster.ts';
import { environmentTexts, push, textAt } from './test/fixture-repository.ts';
import { startDeployment, type TestDeployment } from './test/start-deployment.ts';

/** Promotions on the Argo CD engine, from the pull request to what runs and back; the API is a fake, the wiring is ours. */
jest.setTimeout(120_000);
let deployment: TestDeployment;
let cluster: FakeCluster;
beforeAll(async () => {
  deployment = await startDeployment(async (repository) => {
    await push(repository, { ...dev('a'), ...staging('9', '1', OPEN) });
    cluster = await startFakeCluster(repository, ['dev', 'staging']);
    return { ENGINE: cluster.argocd.url };
  });
});
afterAll(async () => {
  await deployment.stop();
  await cluster.stop();
});

const OPEN = { schedule: '* * * * *', hours: 24, timeZone: 'UTC' };
const knobs = { rateLimit: 200, mood: 'calm' };
const dev = (letter: string) => environmentTexts('dev', { release: { gateway: digest(letter), auth: digest('e') }, knobs, delivery: { approvals: { release: 0, model: 1 } } });
const staging = (gateway: string, auth: string, window: object) => environmentTexts('staging', { release: { gateway: digest(gateway), auth: digest(auth) }, knobs, delivery: { after: 'dev', approvals: { release: 0, model: 1 }, soakMinutes: 5, window } });

const main = async () => await commitOf(deployment.repository, 'refs/heads/main') ?? '';
const releasesIn = async (environment: string) => JSON.parse(await textAt(deployment.repository, await main(), `environments/releases/${environment}.json`)) as Record<string, { image: string }>;
const post = (path: string, body: object) => deployment.call('POST', path, { body });
const pull = async (number: unknown) => Object((await deployment.call('GET', `/v1/pulls/${String(number)}`)).body['pull']) as { readonly state: string; readonly hindrances: readonly string[] };
const hindrances = async (number: unknown) => (await pull(number)).hindrances.filter((one) => one.includes('in dev'));
const status = (name: string, change: object) => cluster.argocd.change(name, (one) => ({ ...one, status: { ...one.status, ...change } }));
/** dev has run long enough. */
const soaked = () => { for (const name of ['dev-gateway', 'dev-auth']) status(name, { history: [{ id: 0, revision: '0'.repeat(40), deployedAt: new Date(Date.now() - 3_600_000).toISOString() }] }); };
const ended = async (id: unknown) => (await deployment.sql(`select event from outbox where event->>'type' = $1 and event->'data'->>'id' = $2 order by id`, [deploymentEnded, id])).map((row) => Object(row['event']).data as DeploymentRequest);
const promote = () => post('/v1/promotions', { from: 'dev', to: 'staging', workloads: ['gateway'], reason: 'on' });
/** Another build in dev, seen to be good. */
async function inDev(letter: string): Promise<void> {
  await push(deployment.repository, dev(letter));
  await until('dev runs it', () => cluster.answers('dev-gateway') === digest(letter) && cluster.argocd.applications.get('dev-gateway')?.operation === undefined);
  soaked();
}

test('a promotion waits until the stage before was seen to be good, then the same digest travels and runs', async () => {
  const good = cluster.argocd.applications.get('dev-gateway')?.status;
  status('dev-gateway', { health: { status: 'Progressing' }, sync: { status: 'OutOfSync', revision: await main() } });
  const asked = await promote();
  const { pull: number } = await deployment.becomes(asked.body['id'], 'proposed');
  expect(await hindrances(number)).toEqual(['gateway in dev is OutOfSync: sync it first.', expect.stringMatching(/is Progressing: wait/), expect.stringMatching(/passed no smoke test: its last rollout is Progressing/)]);
  // A heal: everything is well, and no hook ran.
  status('dev-gateway', { ...good, sync: { status: 'Synced', revision: await main() }, operationState: { ...good?.operationState, syncResult: { revision: await main(), resources: [{ kind: 'Deployment', name: 'gateway', status: 'Synced', hookPhase: 'Succeeded' }] } } });
  await until('only its test is missing', async () => (await hindrances(number)).length === 1);
  expect(await hindrances(number)).toEqual([expect.stringMatching(/^No smoke test of gateway in dev was seen.*Sync it there once; its 5 minutes begin anew\.$/)]);
  expect((await post('/v1/environments/dev/sync', { reason: 'its smoke test' })).status).toBe(202);
  await until('it is tested, and young', async () => (await hindrances(number))[0] === 'gateway in dev has run for 0 of 5 minutes: wait.');
  expect((await pull(number)).state).toBe('open');
  soaked();
  const done = await deployment.becomes(asked.body['id'], 'succeeded');
  expect(done).not.toHaveProperty('outcome');
  expect((await releasesIn('staging'))['gateway']).toEqual((await releasesIn('dev'))['gateway']);
  expect((await releasesIn('staging'))['gateway']).toEqual({ image: digest('a') });
  expect(cluster.answers('staging-gateway')).toBe(digest('a'));
  expect(await ended(done.id)).toEqual([done]);
});

test('one that Argo CD sees Degraded is taken back by a revert, held, and told once with what was seen', async () => {
  cluster.bad.clear();
  await inDev('b');
  cluster.bad.add(digest('b'));
  const asked = await promote();
  const done = await deployment.becomes(asked.body['id'], 'rolledBack');
  expect(done).toMatchObject({ outcome: 'Taken back by itself.', evidence: expect.arrayContaining(['Job/gateway-smoke-test: Job has reached the specified backoff limit', 'Deployment has no available replicas']) });
  expect((await releasesIn('staging'))['gateway']).toEqual({ image: digest('a') });
  await until('the old one answers', () => cluster.answers('staging-gateway') === digest('a'));
  const [undo] = Object((await deployment.call('GET', '/v1/history')).body['entries']) as { undoes?: string }[];
  expect(undo?.undoes).toBe(done.commit);
  expect(Object((await deployment.call('GET', '/v1/holds')).body['holds'])).toEqual([expect.objectContaining({ environment: 'staging', subject: 'release/gateway', value: digest('b'), by: 'automatic' })]);
  expect(await ended(done.id)).toEqual([done]);
  const refused = await promote();
  expect(refused.status === 409 || (await deployment.becomes(refused.body['id'], 'refused')).outcome?.includes('is held')).toBe(true);
  expect(await deployment.sql(`select count(*)::int as n from audit where action = 'deployment.sync' and subject = 'staging'`)).toEqual([{ n: 0 }]);
});

/** Opened with the present minute, closes in so many seconds. */
function closingIn(seconds: number) {
  const at = new Date();
  return { schedule: `${at.getUTCMinutes()} ${at.getUTCHours()} ${at.getUTCDate()} ${at.getUTCMonth() + 1} *`, hours: (at.getUTCSeconds() + seconds) / 3600, timeZone: 'UTC' };
}
let window: object;

test('merged just before its window closes it waits and is not condemned; a rollback then is synced at once, alone and on record', async () => {
  await inDev('c');
  // Argo CD's clock is a little ahead; another change waits for the window, too, and the rollback must not bring it.
  cluster.closed.add('staging');
  window = closingIn(30);
  await push(deployment.repository, staging('a', 'f', window));
  const asked = await promote();
  await deployment.becomes(asked.body['id'], 'merged');
  const read = async () => (await deployment.call('GET', `/v1/deployments/${String(asked.body['id'])}`)).body;
  await until('it says why', async () => String((await read())['outcome']).includes('window'), 45_000);
  await deployment.sql(`update requests set merged_at = now() - interval '1 hour' where id = $1`, [asked.body['id']]);
  await new Promise((resolve) => { setTimeout(resolve, 2500); });
  expect(await read()).toMatchObject({ status: 'merged', outcome: expect.stringMatching(/^It is on main\. The window of staging is closed until .*Z: it is rolled out then, or when somebody syncs it\.$/) });
  expect(cluster.answers('staging-gateway')).toBe(digest('a'));
  // Somebody syncs it by hand, and it is not well there.
  cluster.bad.add(digest('c'));
  cluster.argocd.sync('staging-gateway');
  const done = await deployment.becomes(asked.body['id'], 'rolledBack');
  expect(done.outcome).toBe('Taken back by itself.');
  expect([cluster.answers('staging-gateway'), cluster.answers('staging-auth')]).toEqual([digest('a'), digest('1')]);
  expect(cluster.argocd.synced.filter((name) => name.startsWith('staging'))).toEqual(['staging-gateway']);
  const [undo] = await deployment.sql('select id from requests where undoes = $1', [done.id]);
  expect(await deployment.sql(`select person, detail->>'request' as request from audit where action = 'deployment.sync' and subject = 'staging'`)).toEqual([{ person: 'automatic', request: undo?.['id'] }]);
});

test('an engine that refuses outside of the window is asked again, and what it said is shown; the record names the person who asked', async () => {
  const commit = await push(deployment.repository, staging('a', 'd', window));
  cluster.argocd.denied.add('sync');
  const asked = await post('/v1/rollbacks', { environment: 'staging', commit, reason: 'too slow' });
  await until('it says why', async () => String((await deployment.call('GET', `/v1/deployments/${String(asked.body['id'])}`)).body['outcome']).includes('permission denied'), 30_000);
  cluster.argocd.denied.clear();
  const done = await deployment.becomes(asked.body['id'], 'succeeded');
  expect(done).not.toHaveProperty('outcome');
  expect([cluster.answers('staging-gateway'), cluster.answers('staging-auth')]).toEqual([digest('a'), digest('f')]);
  expect(await deployment.sql(`select person from audit where action = 'deployment.sync' and detail->>'request' = $1`, [done.id])).toEqual([{ person: 'otto@example.com' }]);
});
