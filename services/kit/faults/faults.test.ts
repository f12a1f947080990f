import { afterEach, expect, test } from '@jest/globals';
import { openCache } from '../adapters/cache.ts';
import { openDatabase } from '../adapters/postgres.ts';
import { consumed } from '../adapters/queue-span.ts';
import { start, type Started } from '../start.ts';
import { connectionTo } from '../test/connection.ts';
import { testKit, type TestKit } from '../test/kit.ts';
import { startPostgres } from '../test/postgres.ts';
import { thing } from '../test/thing.ts';
import { until } from '../test/until.ts';
import { faultOf, openFaults } from './faults.ts';
import type { FaultKind } from './kinds.ts';

let kit: TestKit<typeof thing>;
let service: Started | undefined;
afterEach(async () => {
  await service?.stop();
  service = undefined;
  await kit.close();
});
async function serve(env: Record<string, string> = { FAULTS: 'yes' }) {
  kit = testKit(thing, env);
  const ok = () => Promise.resolve({ status: 200, body: {} });
  service = await start(kit, { handlers: { read: ok, write: ok, remove: ok, take: ok, open: ok }, ready: {}, stop: () => Promise.resolve() });
  return service;
}
const begin = (kind: FaultKind, strength: number, seconds = 60) => kit.faults.begin({ kind, strength, until: Date.now() + seconds * 1000 });
const open = () => fetch(`${service?.url}/v1/open`);
const put = (body: object, key = kit.workloadKey) => fetch(`${service?.metricsUrl}/faults`, { method: 'PUT', body: JSON.stringify(body), headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` } });

test('latency: every request waits, its span says why, and it ends by itself', async () => {
  await serve();
  begin('latency', 300, 1);
  const began = performance.now();
  await open();
  expect(performance.now() - began).toBeGreaterThan(290);
  expect((await kit.spans())[0]?.attributes['journey.fault']).toBe('latency 300 ms');
  await until('the fault has ended', () => kit.faults.strength('latency') === 0);
  const after = performance.now();
  await open();
  expect(performance.now() - after).toBeLessThan(290);
});

test('errors: the answer says that it was on purpose', async () => {
  await serve();
  begin('errors', 100);
  const answer = await open();
  expect([answer.status, await answer.json()]).toEqual([500, expect.objectContaining({ code: 'fault_injected' })]);
});

test('not ready, and connections refused: probes still answer, and all is well when it has ended', async () => {
  const { metricsUrl } = await serve();
  begin('notReady', 1);
  expect((await fetch(`${metricsUrl}/readyz`)).status).toBe(503);
  kit.faults.end('notReady');
  await until('it is ready', async () => (await fetch(`${metricsUrl}/readyz`)).status === 200);
  begin('refused', 1);
  await expect(open()).rejects.toThrow();
  expect((await fetch(`${metricsUrl}/readyz`)).status).toBe(200);
  kit.faults.end('refused');
  expect((await open()).status).toBe(200);
});

test('a memory leak holds memory until it ends', async () => {
  await serve();
  const before = process.memoryUsage().arrayBuffers;
  begin('memoryLeak', 32);
  await until('12 MB more are held', () => process.memoryUsage().arrayBuffers > before + 12_000_000);
  kit.faults.end('memoryLeak');
});

test('slow queries sleep in the database; a lost cache misses', async () => {
  kit = testKit(thing, { FAULTS: 'yes' });
  const server = await startPostgres();
  const database = openDatabase(kit, connectionTo('database', await server.backing('db')));
  const cache = openCache(kit, connectionTo('cache', await server.backing('cache')));
  try {
    await cache.set('a', 1, { ttlSeconds: 60 });
    begin('slowQuery', 200);
    const began = performance.now();
    await database.transaction((sql) => sql.query('select 1'));
    expect(performance.now() - began).toBeGreaterThan(190);
    kit.faults.end('slowQuery');
    begin('cacheLoss', 100);
    expect(await cache.get('a')).toBeUndefined();
    kit.faults.end('cacheLoss');
    expect(await cache.get('a')).toBe(1);
  } finally {
    await Promise.all([database.close(), cache.close()]);
    await server.stop();
  }
});

test('a message is handled and comes again, once', async () => {
  kit = testKit(thing, { FAULTS: 'yes' });
  begin('redelivery', 100);
  let handled = 0;
  const event = { specversion: '1.0', id: '00000000-0000-4000-8000-000000000001', source: '/test', type: 'test.happened', time: '2026-01-01T00:00:00Z', datacontenttype: 'application/json', data: {} };
  const take = (count: number) => consumed(kit, { reference: 'test.QUEUE', system: 'pgboss' }, 'test', { body: event, traceparent: undefined, delivery: { id: '1', count } }, () => { handled += 1; return Promise.resolve(); }, 1000);
  await expect(take(1)).rejects.toMatchObject({ code: 'fault_injected' });
  await take(2);
  expect(handled).toBe(2);
});

test('the switch: for the key of the workloads alone, within bounds, and only where the model allows it', async () => {
  await serve();
  const fault = { kind: 'latency', strength: 5, until: Date.now() + 10_000 };
  expect((await put(fault, 'another')).status).toBe(401);
  for (const wrong of [{ ...fault, strength: 99_999 }, { ...fault, kind: 'toString' }, { ...fault, until: Date.now() + 1e9 }, { ...fault, until: 1 }, {}]) expect((await put(wrong)).status).toBe(400);
  expect(await (await put(fault)).json()).toEqual({ faults: [fault] });
  const ended = await fetch(`${service?.metricsUrl}/faults/latency`, { method: 'DELETE', headers: { authorization: `Bearer ${kit.workloadKey}` } });
  expect(await ended.json()).toEqual({ faults: [] });
  await service?.stop();
  await kit.close();
  await serve({});
  expect((await put(fault)).status).toBe(404);
  expect(() => openFaults(false).begin({ kind: 'latency', strength: 1, until: Date.now() + 1000 })).toThrow('allows no faults');
  expect(faultOf(null, 0)).toBeNull();
});
