import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import pg from 'pg';
import { faultKinds } from '../kit/faults/kinds.ts';
import { migrate } from '../kit/migrate.ts';
import { start, type Started } from '../kit/start.ts';
import { testKit, type TestKit } from '../kit/test/kit.ts';
import { startPostgres, type TestPostgres } from '../kit/test/postgres.ts';
import { thing } from '../kit/test/thing.ts';
import { app } from './app.ts';
import { monitoring } from './contract.ts';

let postgres: TestPostgres;
let [kit, other]: [TestKit<typeof monitoring> | undefined, TestKit<typeof thing> | undefined] = [undefined, undefined];
let [service, victim]: [Started | undefined, Started | undefined] = [undefined, undefined];
const startThing = async () => {
  other = testKit(thing, { FAULTS: 'yes' });
  const ok = () => Promise.resolve({ status: 200, body: {} });
  return start(other, { handlers: { read: ok, write: ok, remove: ok, take: ok, open: ok }, ready: {}, stop: () => Promise.resolve() });
};
const startMonitoring = async (env: Record<string, string>, database: string) => {
  kit = testKit(monitoring, { DATABASE: database, WORKLOADS: `thing=${victim?.metricsUrl}`, ...env });
  await migrate(kit.env.DATABASE, join(import.meta.dirname, 'migrations'), kit.log);
  return start(kit, await app(kit));
};
let url: string;
beforeAll(async () => {
  postgres = await startPostgres();
  victim = await startThing();
  url = await postgres.backing('telemetry');
  service = await startMonitoring({ FAULTS: 'yes' }, url);
}, 60_000);
afterAll(async () => {
  await service?.stop();
  await victim?.stop();
  await Promise.all([kit?.close(), other?.close()]);
  await postgres.stop();
});

async function ask(method: string, path: string, body?: object, role: 'viewer' | 'operator' = 'operator') {
  const answer = await fetch(`${service?.url}${path}`, {
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
  expect(body).toMatchObject({ allowed: true, faults: [], workloads: ['monitoring', 'thing'] });
});

test('on: the workload itself has it, everybody sees who and why, it is audited, and it is ended', async () => {
  expect((await ask('POST', '/v1/faults', fault, 'viewer')).status).toBe(403);
  const { status, body: { id } } = await ask('POST', '/v1/faults', fault);
  expect([status, other?.faults.strength('latency')]).toEqual([201, 50]);
  expect((await ask('GET', '/v1/faults', undefined, 'viewer')).body.faults).toEqual([expect.objectContaining({ id, by: 'otto@example.com', reason: 'to see it', state: 'on' })]);
  expect((await ask('DELETE', `/v1/faults/${id}`)).status).toBe(204);
  expect([other?.faults.list(), (await ask('GET', '/v1/faults')).body.faults]).toEqual([[], []]);
  expect((await ask('DELETE', `/v1/faults/${id}`)).status).toBe(404);
  expect(await audited()).toEqual([
    { person: 'otto@example.com', action: 'monitoring.beginFault', subject: 'thing/latency' },
    { person: 'otto@example.com', action: 'monitoring.endFault', subject: 'thing/latency' },
  ]);
});

test('another of the same kind takes its place; a workload that was started again has none', async () => {
  await ask('POST', '/v1/faults', fault);
  await ask('POST', '/v1/faults', { ...fault, strength: 70 });
  expect((await ask('GET', '/v1/faults')).body.faults).toEqual([expect.objectContaining({ strength: 70, state: 'on' })]);
  other?.faults.end('latency');
  expect((await ask('GET', '/v1/faults')).body.faults).toEqual([expect.objectContaining({ strength: 70, state: 'gone' })]);
});

test.each([
  ['a strength out of bounds', { ...fault, strength: 10_000, kind: 'errors' }, 400],
  ['a workload that is none', { ...fault, workload: 'nobody' }, 404],
  ['a kind that is none', { ...fault, kind: 'fire' }, 400],
  ['an hour', { ...fault, seconds: 3600 }, 400],
  ['no reason', { ...fault, reason: '' }, 400],
])('%s is refused, and nothing is switched or recorded', async (_, body, status) => {
  const before = await audited();
  expect((await ask('POST', '/v1/faults', body)).status).toBe(status);
  expect(await audited()).toEqual(before);
});

test('a workload that does not answer: refused, and no record that says otherwise', async () => {
  const before = await audited();
  await victim?.stop();
  expect((await ask('POST', '/v1/faults', { ...fault, kind: 'errors' })).status).toBe(502);
  expect(await audited()).toEqual(before);
  expect((await ask('GET', '/v1/faults')).body.faults.map(({ state }: { state: string }) => state)).toEqual(['unknown']);
});

test('monitoring switches its own; where the model allows none, there is nothing to switch', async () => {
  expect((await ask('POST', '/v1/faults', { ...fault, workload: 'monitoring', strength: 1 })).status).toBe(201);
  expect(kit?.faults.strength('latency')).toBe(1);
  await service?.stop();
  await kit?.close();
  service = await startMonitoring({}, url);
  expect((await ask('GET', '/v1/faults')).body).toMatchObject({ allowed: false, faults: [], workloads: [] });
  expect((await ask('POST', '/v1/faults', fault)).status).toBe(409);
});
