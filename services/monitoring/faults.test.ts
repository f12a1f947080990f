import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import pg from 'pg';
import { heldPath } from '../kit/faults/follow.ts';
import { faultKinds } from '../kit/faults/kinds.ts';
import { migrate } from '../kit/migrate.ts';
import { start, type Started } from '../kit/start.ts';
import { testKit, type TestKit } from '../kit/test/kit.ts';
import { freePort } from '../kit/test/port.ts';
import { startPostgres, type TestPostgres } from '../kit/test/postgres.ts';
import { thing } from '../kit/test/thing.ts';
import { until } from '../kit/test/until.ts';
import { app } from './app.ts';
import { monitoring } from './contract.ts';

let postgres: TestPostgres;
/** Two processes of monitoring share a database; each process of `thing` asks one of them. */
let [kit, second]: [TestKit<typeof monitoring> | undefined, TestKit<typeof monitoring> | undefined] = [undefined, undefined];
const started = new Map<unknown, Started>();
const ok = () => Promise.resolve({ status: 200, body: {} });
const startThing = async (port: number) => {
  const one = testKit(thing, { FAULTS: 'yes', TELEMETRY_URL: `http://127.0.0.1:${port}` });
  started.set(one, await start(one, { handlers: { read: ok, write: ok, remove: ok, take: ok, open: ok }, ready: {}, stop: () => Promise.resolve() }));
  return one;
};
const startMonitoring = async (port: number, env: Record<string, string> = { FAULTS: 'yes' }) => {
  const one = testKit(monitoring, { DATABASE: url, WORKLOADS: 'thing=http://127.0.0.1:1,nobody=http://127.0.0.1:1', PORT: String(port), TELEMETRY_URL: `http://127.0.0.1:${port}`, ...env });
  await migrate(one.env.DATABASE, join(import.meta.dirname, 'migrations'), one.log);
  started.set(one, await start(one, await app(one)));
  return one;
};
const stop = async (one: TestKit<typeof monitoring> | TestKit<typeof thing>) => {
  await started.get(one)?.stop();
  await one.close();
  started.delete(one);
};
let [url, first, other]: [string, number, number] = ['', 0, 0];
let things: TestKit<typeof thing>[] = [];
beforeAll(async () => {
  postgres = await startPostgres();
  url = await postgres.backing('telemetry');
  [first, other] = [await freePort(), await freePort()];
  [kit, second] = [await startMonitoring(first), await startMonitoring(other)];
  things = [await startThing(first), await startThing(first), await startThing(other)];
}, 60_000);
afterAll(async () => {
  for (const one of [...things, kit, second]) if (one && started.has(one)) await stop(one);
  await postgres.stop();
});

async function ask(method: string, path: string, body?: object, role: 'viewer' | 'operator' = 'operator') {
  const answer = await fetch(`http://127.0.0.1:${first}${path}`, {
    method, headers: { authorization: `Bearer ${kit?.tokenFor('otto@example.com', role)}`, ...(body ? { 'content-type': 'application/json' } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
}
const fault = { workload: 'thing', kind: 'latency', strength: 50, seconds: 60, reason: 'to see it' };
const audited = async () => {
  const client = new pg.Client({ connectionString: postgres.url, options: '-c search_path=telemetry' });
  await client.connect();
  return client.query('select person, action, subject from audit order by id').then(({ rows }) => rows).finally(() => client.end());
};

test('kinds and bounds of the contract are those of the kit', async () => {
  expect(monitoring.routes.beginFault.body.properties.kind.enum.toSorted()).toEqual(Object.keys(faultKinds).toSorted());
  const { body } = await ask('GET', '/v1/faults', undefined, 'viewer');
  expect(body).toMatchObject({ allowed: true, faults: [], workloads: ['monitoring', 'nobody', 'thing'] });
  expect(monitoring.routes.heldFaults.path).toBe(heldPath);
});

const strengths = () => things.map(({ faults }) => faults.strength('latency'));

test('on: every process of the workload has it, everybody sees who and why, it is audited, and it is ended', async () => {
  expect((await ask('POST', '/v1/faults', fault, 'viewer')).status).toBe(403);
  const { status, body: { id } } = await ask('POST', '/v1/faults', fault);
  // Those that ask this process; who asks the other is told a moment later.
  expect([status, strengths().slice(0, 2)]).toEqual([201, [50, 50]]);
  await until('all three hold it', async () => (await ask('GET', '/v1/faults', undefined, 'viewer')).body.faults[0]?.holding === 3);
  expect((await ask('GET', '/v1/faults', undefined, 'viewer')).body.faults).toEqual([expect.objectContaining({ id, by: 'otto@example.com', reason: 'to see it', holding: 3, answering: 3 })]);
  expect(strengths()).toEqual([50, 50, 50]);
  expect((await ask('DELETE', `/v1/faults/${id}`)).status).toBe(204);
  expect([strengths(), (await ask('GET', '/v1/faults')).body.faults]).toEqual([[0, 0, 0], []]);
  expect((await ask('DELETE', `/v1/faults/${id}`)).status).toBe(404);
  expect(await audited()).toEqual([
    { person: 'otto@example.com', action: 'monitoring.beginFault', subject: 'thing/latency' },
    { person: 'otto@example.com', action: 'monitoring.endFault', subject: 'thing/latency' },
  ]);
});

test('another of the same kind takes its place; a process that starts later takes part', async () => {
  await ask('POST', '/v1/faults', fault);
  await ask('POST', '/v1/faults', { ...fault, strength: 70 });
  await until('all have the second', () => strengths().every((one) => one === 70));
  const [gone, ...rest] = things;
  if (gone) await stop(gone);
  things = [await startThing(first), ...rest];
  await until('the new one has it too', () => strengths().every((one) => one === 70));
  expect((await ask('GET', '/v1/faults')).body.faults).toEqual([expect.objectContaining({ strength: 70 })]);
});

test('a process that does not hold it is told of', async () => {
  const answer = await fetch(`http://127.0.0.1:${first}${heldPath}`, { method: 'POST', headers: { authorization: `Bearer ${kit?.workloadKey}`, 'content-type': 'application/json' }, body: JSON.stringify({ workload: 'thing', instance: '00000000-0000-4000-8000-000000000001', held: [] }) });
  expect(await answer.json()).toEqual({ faults: [{ id: expect.any(String), kind: 'latency', strength: 70, leftMs: expect.any(Number) }] });
  const [{ holding, answering }] = (await ask('GET', '/v1/faults')).body.faults;
  expect(holding).toBeLessThan(answering);
});

test('the asking is for the key of the workloads alone, and for what a process may say', async () => {
  const told = (body: unknown, key = kit?.workloadKey) => fetch(`http://127.0.0.1:${first}${heldPath}`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify(body) }).then(({ status }) => status);
  const good = { workload: 'thing', instance: '00000000-0000-4000-8000-000000000001', held: [] };
  expect(await told(good, 'another')).toBe(401);
  for (const wrong of [{ ...good, workload: 'Thing' }, { ...good, instance: 'x' }, { ...good, held: ['x'] }, { ...good, more: 1 }, {}]) expect(await told(wrong)).toBe(400);
});

test.each([
  ['a strength out of bounds', { ...fault, strength: 10_000, kind: 'errors' }, 400],
  ['a workload that is none', { ...fault, workload: 'somebody' }, 404],
  ['a kind that is none', { ...fault, kind: 'fire' }, 400],
  ['an hour', { ...fault, seconds: 3600 }, 400],
  ['no reason', { ...fault, reason: '' }, 400],
])('%s is refused, and nothing is switched or recorded', async (_, body, status) => {
  const before = await audited();
  expect((await ask('POST', '/v1/faults', body)).status).toBe(status);
  expect(await audited()).toEqual(before);
});

test('a workload of which no process asks: refused, ended again, and the audit has both', async () => {
  const before = (await audited()).length;
  expect((await ask('POST', '/v1/faults', { ...fault, workload: 'nobody' })).status).toBe(502);
  expect((await ask('GET', '/v1/faults')).body.faults.filter(({ workload }: { workload: string }) => workload === 'nobody')).toEqual([]);
  expect((await audited()).slice(before).map(({ action }) => action)).toEqual(['monitoring.beginFault', 'monitoring.endFault']);
});

test('no process answers any more: that is said', async () => {
  for (const one of things) await stop(one);
  things = [];
  await until('it is known', async () => (await ask('GET', '/v1/faults')).body.faults[0]?.answering === 0);
});

test('monitoring has its own in all its processes; where the model allows none, there is nothing to ask or to switch', async () => {
  expect((await ask('POST', '/v1/faults', { ...fault, workload: 'monitoring', strength: 1 })).status).toBe(201);
  await until('both have it', () => kit?.faults.strength('latency') === 1 && second?.faults.strength('latency') === 1);
  for (const one of [kit, second]) if (one) await stop(one);
  kit = await startMonitoring(first, {});
  expect((await ask('GET', '/v1/faults')).body).toMatchObject({ allowed: false, faults: [], workloads: [] });
  expect((await ask('POST', '/v1/faults', fault)).status).toBe(409);
  const held = await fetch(`http://127.0.0.1:${first}${heldPath}`, { method: 'POST', headers: { authorization: `Bearer ${kit.workloadKey}`, 'content-type': 'application/json' }, body: JSON.stringify({ workload: 'thing', instance: '00000000-0000-4000-8000-000000000001', held: [] }) });
  expect(held.status).toBe(404);
}, 60_000);
