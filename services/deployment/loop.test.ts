import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { commitOf } from '../kit/git-objects.ts';
import { until } from '../kit/test/until.ts';
import { deploymentEnded } from './contract.ts';
import type { DeploymentRequest } from './domain/request.ts';
import { frozen, notFrozen } from './test/fake-configuration.ts';
import { commitOn, environmentTexts, push, textAt } from './test/fixture-repository.ts';
import { startDeployment, type Said, type TestDeployment } from './test/start-deployment.ts';

/** From wish to reality and back, over the real local forge, with an engine that makes real what main says. */
// Git and child processes on a busy machine.
jest.setTimeout(120_000);
let deployment: TestDeployment;
let second: string;
let operator: string;
beforeAll(async () => {
  deployment = await startDeployment();
  second = deployment.token('ada@example.com', 'operator');
  operator = deployment.token('olga@example.com', 'operator');
});
afterAll(() => deployment.stop());
beforeEach(() => {
  deployment.configuration.answer = notFrozen;
  deployment.reconciler.prepare = { status: 200, body: {} };
});

let turn = 0;
const post = (path: string, body: object, token?: string) => deployment.call('POST', path, { body, ...(token === undefined ? {} : { token }) });
const get = async (path: string) => (await deployment.call('GET', path)).body;
const build = () => commitOn(deployment.repository, null, { 'a.txt': `build ${turn += 1}` });
const main = async () => await commitOf(deployment.repository, 'refs/heads/main') ?? '';
const release = (revision: string, reason = 'to see it move') => post('/v1/deployments', { workload: 'gateway', environment: 'local', revision, reason });
const knob = (value: number, name = 'rateLimit', token?: string) => post('/v1/changes', { environment: 'local', knob: name, value, reason: 'fewer requests' }, token);
const gateway = () => deployment.reconciler.state().workloads.find(({ name }) => name === 'gateway');
/** Events that say that a request has ended; nobody consumes them here, so they stay in the outbox. */
const ended = async (id: unknown) => (await deployment.sql(`select event from outbox where event->>'type' = $1 and event->'data'->>'id' = $2 order by id`, [deploymentEnded, id])).map((row) => Object(row['event']).data as DeploymentRequest);
const pullOf = async (asked: Said) => {
  const { pull } = await deployment.becomes(asked.body['id'], 'proposed');
  return async () => Object((await get(`/v1/pulls/${pull}`))['pull']) as { number: number; head: string; base: string; mergeable: boolean; hindrances: string[]; needed: number; state: string; approvals: object[] };
};
const settingsOf = async (commit: string) => Object.fromEntries((JSON.parse(await textAt(deployment.repository, commit, 'synth/local/journey.json')) as { knobs: { name: string; value: unknown }[] }).knobs.map(({ name, value }) => [name, value]));

test('a release goes all the way by itself, as one journey', async () => {
  const revision = await build();
  const asked = await release(revision);
  const done = await deployment.becomes(asked.body['id'], 'succeeded');
  expect(done).toMatchObject({ kind: 'release', summary: `gateway worktree → ${revision.slice(0, 8)}`, pull: expect.any(Number), commit: await main() });
  expect(done).not.toHaveProperty('outcome');
  expect(gateway()?.live.release).toBe(revision);
  expect(deployment.reconciler.prepared).toContain(`gateway ${revision}`);
  expect(await ended(done.id)).toEqual([done]);
  const spans = (await deployment.kit.spans()).filter((span) => span.spanContext().traceId === done.traceId);
  const names = spans.map(({ name }) => name);
  for (const name of ['POST /v1/deployments', 'propose', 'git.propose', 'open', 'OPEN deployment.REPOSITORY', 'merge', 'MERGE deployment.REPOSITORY', 'reconcile', 'ready', 'end: succeeded']) expect(names).toContain(name);
  const ids = new Set(spans.map((span) => span.spanContext().spanId));
  expect(spans.filter(({ parentSpanContext: parent }) => !ids.has(parent?.spanId ?? '')).map(({ name }) => name)).toEqual(['POST /v1/deployments']);
  const reconcile = spans.find(({ name }) => name === 'reconcile');
  expect(reconcile?.attributes['git.commit']).toBe(done.commit);
});

test('what is so already is not changed', async () => {
  const before = await main();
  const asked = await release(String(gateway()?.live.release));
  expect(await deployment.becomes(asked.body['id'], 'unchanged')).toMatchObject({ outcome: 'main says so already.' });
  expect(await main()).toBe(before);
  expect(await ended(asked.body['id'])).toHaveLength(1);
});

test('a knob waits for a second person; the author cannot be that', async () => {
  const asked = await knob(100);
  const read = await pullOf(asked);
  const pull = await read();
  expect(pull).toMatchObject({ state: 'open', needed: 1, mergeable: false, hindrances: ['It needs 1 more approval by somebody other than otto@example.com.'], environments: ['local'], change: asked.body['id'], title: 'local: rateLimit 200 → 100' });
  const whole = await get(`/v1/pulls/${pull.number}`);
  expect(whole['checks']).toEqual([{ name: 'check', passed: true, running: false, said: [] }]);
  expect(Object(whole['diff']).text).toBe('local knob/rateLimit 200 → 100\n');
  const { number, head } = pull;
  expect(await post(`/v1/pulls/${number}/approval`, { commit: head })).toMatchObject({ status: 403, body: { detail: 'Nobody approves their own.' } });
  expect(await post(`/v1/pulls/${number}/merge`, { commit: head })).toMatchObject({ status: 409, body: { detail: expect.stringContaining('1 more approval') } });
  expect((await post(`/v1/pulls/${number}/approval`, { commit: 'd'.repeat(40) }, second)).status).toBe(409);
  expect(await post(`/v1/pulls/${number}/approval`, { commit: head }, second)).toMatchObject({ status: 200, body: { mergeable: true, hindrances: [], approvals: [{ by: 'ada@example.com', commit: head }] } });
  expect((await deployment.becomes(asked.body['id'], 'proposed')).status).toBe('proposed');
  expect(await post(`/v1/pulls/${number}/merge`, { commit: 'd'.repeat(40) })).toMatchObject({ status: 409, body: { detail: expect.stringContaining('was looked at') } });
  const merged = await post(`/v1/pulls/${number}/merge`, { commit: head }, operator);
  expect(merged).toMatchObject({ status: 200, body: { state: 'merged', mergedBy: 'olga@example.com', mergedAs: expect.any(String) } });
  expect((await post(`/v1/pulls/${number}/merge`, { commit: head })).status).toBe(200);
  const done = await deployment.becomes(asked.body['id'], 'succeeded');
  expect((await settingsOf(await main()))['rateLimit']).toBe(100);
  const [entry] = Object((await get('/v1/history'))['entries']);
  expect(entry).toMatchObject({
    commit: done.commit, title: `Merge #${number}: local: rateLimit 200 → 100`, reason: 'fewer requests', requestedBy: 'otto@example.com', approvedBy: ['ada@example.com'], pull: number, kind: 'knob',
    environments: ['local'], workloads: ['gateway'], traceId: done.traceId,
  });
  expect((await deployment.sql(`select person, action from audit where subject = $1 order by id`, [asked.body['id']]))).toEqual([
    { person: 'otto@example.com', action: 'deployment.change' }, { person: 'ada@example.com', action: 'deployment.approve' }, { person: 'olga@example.com', action: 'deployment.merge' },
  ]);
  expect((await post(`/v1/pulls/${number}/closing`, { reason: 'too late' })).status).toBe(409);
});

test('a person takes a commit back: what it brought is held, and the request says so', async () => {
  const commit = await main();
  const [before] = Object((await get('/v1/deployments'))['deployments']).filter((one: DeploymentRequest) => one.commit === commit);
  const asked = await post('/v1/rollbacks', { environment: 'local', commit, reason: 'too few' });
  const done = await deployment.becomes(asked.body['id'], 'succeeded');
  expect(done).toMatchObject({ kind: 'rollback', requestedBy: 'otto@example.com' });
  expect((await settingsOf(await main()))['rateLimit']).toBe(200);
  expect(await deployment.becomes(before.id, 'rolledBack')).toMatchObject({ outcome: 'Taken back by otto@example.com: too few' });
  expect(await ended(before.id)).toHaveLength(1);
  const [undo, undone] = Object((await get('/v1/history'))['entries']);
  expect([undo.undoes, undone.commit, undone.undoneBy, undone.outcome]).toEqual([commit, commit, undo.commit, 'Taken back by otto@example.com: too few']);
  expect(Object((await get('/v1/holds'))['holds'])).toEqual([expect.objectContaining({ environment: 'local', subject: 'knob/rateLimit', value: '100', reason: 'too few', by: 'otto@example.com' })]);
  expect((await knob(100)).status).toBe(409);
  // To take the rollback back would bring the held value again.
  const again = await post('/v1/rollbacks', { environment: 'local', commit: undo.commit, reason: 'no' });
  expect(await deployment.becomes(again.body['id'], 'refused')).toMatchObject({ outcome: expect.stringContaining('knob/rateLimit 100 is held') });
});

test('a release that does not become healthy is taken back by itself, with evidence, a hold and one word', async () => {
  const [old, bad] = [gateway()?.live.release, await build()];
  deployment.reconciler.fate.set(bad, 'degraded');
  const asked = await release(bad);
  const done = await deployment.becomes(asked.body['id'], 'rolledBack');
  expect(done).toMatchObject({ outcome: 'Taken back by itself.', evidence: ['gateway ended with exit code 1', 'Error: boom'] });
  expect(await ended(done.id)).toEqual([done]);
  const all = Object((await get('/v1/deployments'))['deployments']) as DeploymentRequest[];
  const undo = all.find(({ requestedBy, reason }) => requestedBy === 'automatic' && reason.includes('exit code 1'));
  expect(undo).toMatchObject({ kind: 'rollback', status: 'succeeded', environment: 'local', traceId: done.traceId });
  expect(await ended(undo?.id)).toEqual([]);
  await until('the old one answers', () => gateway()?.live.release === old && gateway()?.health === 'Healthy');
  const [entry, undone] = Object((await get('/v1/history'))['entries']);
  expect(entry).toMatchObject({ undoes: done.commit, requestedBy: 'automatic', kind: 'rollback', reason: expect.stringContaining('exit code 1') });
  expect(undone).toMatchObject({ commit: done.commit, undoneBy: entry.commit, outcome: done.outcome, evidence: done.evidence });
  expect(entry).not.toHaveProperty('evidence');
  expect(await release(bad)).toMatchObject({ status: 409, body: { detail: expect.stringContaining('is held since it was taken back') } });
  expect(await deployment.sql(`select person, action from audit where subject = $1`, [undo?.id])).toEqual([{ person: 'automatic', action: 'deployment.rollback' }]);
});

test('a bad commit that somebody pushed is taken back the same way', async () => {
  deployment.reconciler.fate.set('rateLimit=3', 'degraded');
  const graph = JSON.parse(await textAt(deployment.repository, await main(), 'synth/local/journey.json'));
  const releases = Object.fromEntries(graph.nodes.filter((one: { kind: string }) => one.kind === 'workload').map((one: { name: string; release: string }) => [one.name, one.release]));
  const bad = await push(deployment.repository, environmentTexts('local', { release: releases, knobs: { rateLimit: 3, mood: 'calm' }, delivery: graph.delivery }), { message: 'Three are enough\n\nTrust me.\n', author: 'eve@example.com' });
  const adopted = await until('it is known', async () => (Object((await get('/v1/deployments'))['deployments']) as DeploymentRequest[]).find(({ commit }) => commit === bad), 30_000);
  expect(adopted).toMatchObject({ kind: 'knob', requestedBy: 'eve@example.com', summary: 'Three are enough', workload: 'gateway' });
  const done = await deployment.becomes(adopted.id, 'rolledBack');
  expect((await settingsOf(await main()))['rateLimit']).toBe(200);
  expect(await ended(done.id)).toEqual([done]);
  expect(Object((await get('/v1/holds'))['holds'])).toEqual(expect.arrayContaining([expect.objectContaining({ subject: 'knob/rateLimit', value: '3', by: 'automatic' })]));
});

test('a bad commit of a drill stays in the history as it is, until a person takes it back', async () => {
  deployment.reconciler.fate.set('rateLimit=4', 'degraded');
  const graph = JSON.parse(await textAt(deployment.repository, await main(), 'synth/local/journey.json'));
  const releases = Object.fromEntries(graph.nodes.filter((one: { kind: string }) => one.kind === 'workload').map((one: { name: string; release: string }) => [one.name, one.release]));
  const at = (rateLimit: number, drills: boolean) => environmentTexts('local', { release: releases, knobs: { rateLimit, mood: 'calm' }, delivery: { approvals: graph.delivery.approvals, ...(drills ? { drills } : {}) } });
  await push(deployment.repository, at(200, true), { message: 'Drills are welcome here\n' });
  const bad = await push(deployment.repository, at(4, true), { message: 'Four are enough\n\nDrill: incident\n', author: 'mara@example.com' });
  await until('it is degraded', () => gateway()?.rollout?.commit === bad && gateway()?.health === 'Degraded');
  const asked = await post('/v1/rollbacks', { environment: 'local', commit: bad, reason: 'found it' });
  await deployment.becomes(asked.body['id'], 'succeeded');
  expect((Object((await get('/v1/deployments'))['deployments']) as DeploymentRequest[]).filter(({ commit }) => commit === bad)).toEqual([]);
  expect((await settingsOf(await main()))['rateLimit']).toBe(200);
  const entries = Object((await get('/v1/history'))['entries']) as { commit: string; title: string; undoneBy?: string }[];
  expect(entries.find(({ commit }) => commit === bad)).toMatchObject({ title: 'Four are enough', author: expect.any(String), undoneBy: entries[0]?.commit });
});

test('of two commits that came at once the one that did it is taken back, whichever the engine names', async () => {
  const [old, bad] = [gateway()?.live.release, await build()];
  deployment.reconciler.fate.set(bad, 'degraded');
  deployment.reconciler.automatic = false;
  const asked = await release(bad);
  const merged = await deployment.becomes(asked.body['id'], 'merged');
  const tip = await push(deployment.repository, { 'README.md': 'innocent\n' });
  deployment.reconciler.automatic = true;
  await until('the engine names the other one', () => gateway()?.rollout?.commit === tip);
  expect(await deployment.becomes(asked.body['id'], 'rolledBack')).toMatchObject({ commit: merged.commit, evidence: expect.arrayContaining(['Error: boom']) });
  await until('the old one answers', () => gateway()?.live.release === old && gateway()?.health === 'Healthy');
  expect(await textAt(deployment.repository, await main(), 'README.md')).toBe('innocent\n');
});

test('what was healthy and is not a little later is taken back, too, and that is told', async () => {
  const asked = await release(await build());
  const fine = await deployment.becomes(asked.body['id'], 'succeeded');
  deployment.reconciler.see((all) => all.map((one) => (one.name !== 'gateway' || one.rollout === undefined ? one
    : { ...one, health: 'Degraded', rollout: { ...one.rollout, phase: 'Degraded', endedAt: new Date().toISOString(), evidence: ['it answered 5 % of 400 requests with an error'] } })));
  const done = await deployment.becomes(asked.body['id'], 'rolledBack');
  expect(done.evidence).toEqual(['it answered 5 % of 400 requests with an error']);
  expect((await ended(done.id)).map(({ status }) => status)).toEqual(['succeeded', 'rolledBack']);
  expect(fine.commit).toBe(done.commit);
});

test('a rollback that fails is told, and not rolled back', async () => {
  const fine = await build();
  const there = await deployment.becomes((await release(fine)).body['id'], 'succeeded');
  const before = (JSON.parse(await textAt(deployment.repository, `${String(there.commit)}`, 'environments/releases/local.json')));
  expect(before.gateway.revision).toBe(fine);
  const old = Object((await get('/v1/history'))['entries'])[1];
  expect(old).toBeDefined();
  const target = (JSON.parse(await textAt(deployment.repository, old.commit, 'environments/releases/local.json'))).gateway.revision as string;
  deployment.reconciler.fate.set(target, 'degraded');
  const asked = await post('/v1/rollbacks', { environment: 'local', commit: there.commit, reason: 'back' });
  const done = await deployment.becomes(asked.body['id'], 'failed');
  // What was seen is said once: as what was seen.
  expect(done).toMatchObject({ outcome: 'It did not become healthy. A rollback is not taken back by itself.', evidence: ['gateway ended with exit code 1', 'Error: boom'] });
  expect(await ended(done.id)).toEqual([done]);
  expect(await deployment.sql('select count(*)::int as n from requests where undoes = $1', [done.id])).toEqual([{ n: 0 }]);
  deployment.reconciler.fate.clear();
  await deployment.becomes((await release(await build())).body['id'], 'succeeded');
});

test('when main moves on, an open one is made again on top of it, and an approval of the same diff stays good', async () => {
  const asked = await knob(150);
  const read = await pullOf(asked);
  const { number, head } = await read();
  expect((await post(`/v1/pulls/${number}/approval`, { commit: head }, second)).status).toBe(200);
  await push(deployment.repository, { 'README.md': 'another\n' });
  const next = await until('it was made again', async () => { const now = await read(); return now.head !== head && now.mergeable ? now : undefined; }, 30_000);
  expect(next.base).toBe(await main());
  // Whoever approves again counts once.
  expect(next.approvals).toMatchObject([{ by: 'ada@example.com', commit: head, counts: true }]);
  expect((await post(`/v1/pulls/${number}/approval`, { commit: next.head }, second)).body['approvals']).toMatchObject([{ commit: head, counts: false }, { commit: next.head, counts: true }]);
  expect(await post(`/v1/pulls/${number}/merge`, { commit: head })).toMatchObject({ status: 409, body: { detail: expect.stringContaining('look at the new diff') } });
  expect(await post(`/v1/pulls/${number}/merge`, { commit: next.head })).toMatchObject({ status: 200, body: { state: 'merged', approvals: [{ counts: false }, { counts: true }] } });
  await deployment.becomes(asked.body['id'], 'succeeded');
});

test('when main comes to say so by another change, there is nothing left to do', async () => {
  const [one, other] = [await knob(160), await knob(160, 'rateLimit', operator)];
  const [first, twin] = [await pullOf(one), await pullOf(other)];
  const { number, head } = await first();
  await post(`/v1/pulls/${number}/approval`, { commit: head }, second);
  expect((await post(`/v1/pulls/${number}/merge`, { commit: (await first()).head })).status).toBe(200);
  expect(await deployment.becomes(other.body['id'], 'unchanged')).toMatchObject({ outcome: 'main came to say so by another change.' });
  expect((await twin()).state).toBe('closed');
  await deployment.becomes(one.body['id'], 'succeeded');
});

test('a failed check keeps it open and unmergeable; closing it ends it', async () => {
  const asked = await post('/v1/changes', { environment: 'local', knob: 'mood', value: 'checks-fail', reason: 'see what happens' });
  const read = await pullOf(asked);
  const { number, head, hindrances } = await read();
  expect(hindrances).toEqual([expect.stringContaining('policy no-moods: the mood is bad'), expect.stringContaining('1 more approval')]);
  expect((await post(`/v1/pulls/${number}/merge`, { commit: head })).status).toBe(409);
  expect(await post(`/v1/pulls/${number}/closing`, { reason: 'never mind' }, operator)).toMatchObject({ status: 200, body: { state: 'closed', closedBy: 'olga@example.com' } });
  const done = await deployment.becomes(asked.body['id'], 'closed');
  expect(done.outcome).toBe('Closed by olga@example.com: never mind');
  expect(await ended(done.id)).toEqual([done]);
});

test('what is still being got ready has not failed, and nobody waits for it after the end', async () => {
  deployment.reconciler.prepare = { status: 503, body: { code: 'unavailable', detail: 'Ask again.' } };
  const read = await pullOf(await release(await build()));
  const { number, hindrances } = await read();
  const checks = async () => (await get(`/v1/pulls/${number}`))['checks'];
  expect(await checks()).toEqual([expect.objectContaining({ name: 'check', running: false }), { name: 'prepare gateway', passed: false, running: true, said: [] }]);
  expect(hindrances).toEqual(['prepare gateway is not ready yet: wait.']);
  await post(`/v1/pulls/${number}/closing`, { reason: 'later' });
  expect(await checks()).toEqual([expect.objectContaining({ name: 'check' })]);
});

test('a release that cannot be got ready is not merged; a frozen environment waits', async () => {
  deployment.reconciler.prepare = { status: 409, body: { code: 'conflict', detail: 'The build failed: next is missing.' } };
  const broken = await release(await build());
  const read = await pullOf(broken);
  await until('it says so', async () => (await read()).hindrances.some((one) => one.includes('The build failed')), 20_000);
  await post(`/v1/pulls/${(await read()).number}/closing`, { reason: 'it does not build' });
  deployment.reconciler.prepare = { status: 200, body: {} };

  const asked = await release(await build());
  deployment.configuration.answer = frozen;
  const waiting = await pullOf(asked).catch(() => undefined);
  if (waiting !== undefined) expect((await waiting()).hindrances.join()).toMatch(/is frozen: release week|^$/);
  deployment.configuration.answer = notFrozen;
  await deployment.becomes(asked.body['id'], 'succeeded');
});

test('what the command line refuses is refused with its words; what fails is tried again', async () => {
  const revision = await build();
  await deployment.sql(`update requests set spec = spec where false`);
  const asked = await post('/v1/changes', { environment: 'local', knob: 'mood', value: 'crash', reason: 'x' });
  await until('it was tried twice', async () => Number((await deployment.sql('select tries from requests where id = $1', [asked.body['id']]))[0]?.['tries']) >= 2, 30_000);
  await deployment.sql(`update requests set tries = 11 where id = $1`, [asked.body['id']]);
  expect(await deployment.becomes(asked.body['id'], 'refused')).toMatchObject({ outcome: expect.stringContaining('It could not be proposed: The change could not be worked out: exit 1') });
  const moved = await release(revision);
  await deployment.becomes(moved.body['id'], 'succeeded');
});

test('a promotion waits while nothing watches the stage before; closed, it goes nowhere', async () => {
  const asked = await post('/v1/promotions', { from: 'dev', to: 'staging', reason: 'on' });
  const read = await pullOf(asked);
  expect(await read()).toMatchObject({ needed: 0, mergeable: false, hindrances: [expect.stringContaining('Nothing watches dev')], environments: ['staging'] });
  const whole = await get(`/v1/pulls/${(await read()).number}`);
  expect(Object(whole['diff']).text).toContain('staging release/auth unbuilt → sha256:');
  await post(`/v1/pulls/${(await read()).number}/closing`, { reason: 'later' });
});
