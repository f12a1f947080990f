import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { commitOf } from '../kit/git-objects.ts';
import { until } from '../kit/test/until.ts';
import { deploymentEnded } from './contract.ts';
import type { DeploymentRequest } from './domain/request.ts';
import { environmentTexts, push, textAt } from './test/fixture-repository.ts';
import { startDeployment, type TestDeployment } from './test/start-deployment.ts';

/** A commit is taken back as a whole: what that asks of people where it changed a guarded environment, too. */
jest.setTimeout(120_000);
let deployment: TestDeployment;
beforeAll(async () => { deployment = await startDeployment(); });
afterAll(() => deployment.stop());

const post = (path: string, body: object, token?: string) => deployment.call('POST', path, { body, ...(token === undefined ? {} : { token }) });
const get = async (path: string) => (await deployment.call('GET', path)).body;
const main = async () => await commitOf(deployment.repository, 'refs/heads/main') ?? '';
const ended = async (id: unknown) => (await deployment.sql(`select event from outbox where event->>'type' = $1 and event->'data'->>'id' = $2 order by id`, [deploymentEnded, id])).map((row) => Object(row['event']).data as DeploymentRequest);

/** One commit on main that changes a knob of the laptop and of production. */
async function knobOfBoth(rateLimit: number): Promise<string> {
  const graphs = await Promise.all(['local', 'production'].map(async (name) => JSON.parse(await textAt(deployment.repository, await main(), `synth/${name}/journey.json`))));
  const texts = graphs.map(({ environment, nodes, delivery }) => environmentTexts(environment, {
    release: Object.fromEntries(nodes.filter((one: { kind: string }) => one.kind === 'workload').map((one: { name: string; release: string }) => [one.name, one.release])), knobs: { rateLimit, mood: 'calm' }, delivery,
  }));
  return push(deployment.repository, Object.assign({}, ...texts), { message: `${rateLimit} everywhere\n`, author: 'eve@example.com' });
}
const knobOf = async (environment: string) => JSON.parse(await textAt(deployment.repository, await main(), `synth/${environment}/journey.json`)).knobs[0].value;

test('a rollback of what changed production, too, wants the name of production, whichever environment is named', async () => {
  const before = [await knobOf('local'), await knobOf('production')];
  const commit = await knobOfBoth(190);
  for (const confirm of [undefined, 'local', 'staging']) {
    const body = { environment: 'local', commit, reason: 'too few', ...(confirm === undefined ? {} : { confirm }) };
    expect(await post('/v1/rollbacks', body)).toMatchObject({ status: 400, body: { detail: expect.stringContaining('It changes production, too'), fix: 'Send "confirm": "production".' } });
  }
  // One that was taken without it goes no further than its proposal, which alone knows all that it changes.
  const { id } = (await deployment.sql(
    `insert into requests (id, kind, spec, environment, summary, reason, status, requested_by, requested_at, updated_at, trace_id, next_try)
    values (gen_random_uuid(), 'rollback', $1, 'local', 'take it back', 'too few', 'requested', 'otto@example.com', now(), now(), $2, now()) returning id`, [JSON.stringify({ kind: 'rollback', environment: 'local', commit }), 'f'.repeat(32)]))[0] ?? {};
  expect(await deployment.becomes(id, 'refused')).toMatchObject({ outcome: expect.stringContaining('Send "confirm": "production".') });
  expect(await main()).toBe(commit);
  const asked = await post('/v1/rollbacks', { environment: 'local', commit, reason: 'too few', confirm: 'production' });
  await deployment.becomes(asked.body['id'], 'succeeded');
  expect([await knobOf('local'), await knobOf('production')]).toEqual(before);
});

test('what failed on the laptop is not taken back in production, too, without an admin', async () => {
  const before = [await knobOf('local'), await knobOf('production')];
  deployment.reconciler.fate.set('rateLimit=5', 'degraded');
  const bad = await knobOfBoth(5);
  const all = async () => Object((await get('/v1/deployments'))['deployments']) as DeploymentRequest[];
  const failed = await until('it has failed', async () => (await all()).find(({ commit, status }) => commit === bad && status === 'failed'), 30_000);
  expect(failed.outcome).toBe('It did not become healthy. To take it back changes production, too: that waits as a pull request for the approval of an admin.');
  expect(await ended(failed.id)).toEqual([failed]);
  const undo = (await all()).find(({ summary }) => summary === `take ${bad.slice(0, 8)} back`);
  const { pull: opened } = await deployment.becomes(undo?.id, 'proposed');
  const { number, head, ...pull } = Object((await get(`/v1/pulls/${opened}`))['pull']);
  expect(pull).toMatchObject({ state: 'open', needed: 1, adminFor: 'production', mergeable: false, environments: ['local', 'production'], hindrances: ['It changes production, too, where nothing failed: an admin has to approve it.'] });
  expect((await post(`/v1/pulls/${number}/approval`, { commit: head }, deployment.token('ada@example.com', 'operator'))).status).toBe(403);
  expect((await post(`/v1/pulls/${number}/merge`, { commit: head })).status).toBe(409);
  expect(await main()).toBe(bad);
  const admin = deployment.token('root@example.com', 'admin');
  expect(await post(`/v1/pulls/${number}/approval`, { commit: head }, admin)).toMatchObject({ status: 200, body: { mergeable: true } });
  // 503: it is noted, and happens a moment later; a busy machine takes its time.
  expect([200, 503]).toContain((await post(`/v1/pulls/${number}/merge`, { commit: head })).status);
  await deployment.becomes(failed.id, 'rolledBack');
  expect([await knobOf('local'), await knobOf('production')]).toEqual(before);
});
