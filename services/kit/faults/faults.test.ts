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
import { fakeBoard, type FakeBoard } from '../test/fault-board.ts';
import { faultOf, openFaults } from './faults.ts';
import { heldPath } from './follow.ts';
import type { FaultKind } from './kinds.ts';

let kit: TestKit<typeof thing>;
let service: Started | undefined;
let board: FakeBoard | undefined;
afterEach(async () => {
  await service?.stop();
  await board?.close();
  [service, board] = [undefined, undefined];
  await kit.close();
});
async function serve(env: Record<string, string> = { FAULTS: 'yes' }) {
  kit = testKit(thing, env);
  const ok = () => Promise.resolve({ status: 200, body: {} });
  service = await start(kit, { handlers: { read: ok, write: ok, remove: ok, take: ok, open: ok }, ready: {}, stop: () => Promise.resolve() });
  return service;
}
const id = '00000000-0000-4000-8000-000000000007';
const begin = (kind: FaultKind, strength: number, seconds = 60) => kit.faults.begin({ id, kind, strength, until: Date.now() + seconds * 1000 });
const open = () => fetch(`${service?.url}/v1/open`);

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

const wish = (more: object = {}) => ({ id, kind: 'latency', strength: 50, leftMs: 60_000, ...more });

test('a process asks for its faults, says what it holds as soon as it does, and lets go of what is not wanted any more', async () => {
  board = await fakeBoard();
  board.wanted = [wish()];
  await serve({ FAULTS: 'yes', TELEMETRY_URL: board.url });
  await until('it holds the fault, and has said so', () => board?.asked.some(({ body: { held } }) => held.includes(id)));
  expect(board.asked[0]).toMatchObject({ path: heldPath, key: `Bearer ${kit.workloadKey}`, body: { workload: 'thing', held: [] } });
  expect(new Set(board.asked.map(({ body: { instance } }) => instance)).size).toBe(1);
  const began = performance.now();
  await open();
  expect(performance.now() - began).toBeGreaterThan(45);
  board.wanted = [];
  await until('it has let go', () => kit.faults.list().length === 0);
});

test('monitoring is gone: what is on ends at its time, and asking goes on', async () => {
  board = await fakeBoard();
  board.wanted = [wish({ leftMs: 2500 })];
  await serve({ FAULTS: 'yes', TELEMETRY_URL: board.url });
  await until('it is on', () => kit.faults.strength('latency') === 50);
  board.breaks = true;
  const asked = board.asked.length;
  await until('it was asked in vain', () => (board?.asked.length ?? 0) > asked);
  expect(kit.faults.strength('latency')).toBe(50);
  await until('it has ended by itself', () => kit.faults.strength('latency') === 0);
});

test('what is no fault, or would be one for too long, is not taken; one of each kind', async () => {
  for (const wrong of [{ strength: 99_999 }, { kind: 'toString' }, { leftMs: 900_001 }, { leftMs: 0 }, { leftMs: null }, { id: 'x' }, { strength: '5' }]) expect(faultOf(wish(wrong), 0)).toBeNull();
  expect([faultOf(null, 0), faultOf(wish(), 5)]).toEqual([null, { id, kind: 'latency', strength: 50, until: 60_005 }]);
  board = await fakeBoard();
  board.wanted = [wish({ strength: 99_999 }), null, wish({ strength: 1 }), wish({ strength: 2, id: id.replace('7', '8') })];
  await serve({ FAULTS: 'yes', TELEMETRY_URL: board.url });
  await until('two have asked', () => kit.faults.list().length > 0);
  expect(kit.faults.list()).toEqual([expect.objectContaining({ kind: 'latency', strength: 2 })]);
});

test('where the model allows none nobody asks, nothing can be begun, and nothing is measured where some are', async () => {
  board = await fakeBoard();
  await serve({ FAULTS: 'yes', TELEMETRY_URL: board.url });
  await until('it has asked', () => (board?.asked.length ?? 0) > 0);
  expect(await kit.metrics.metrics()).not.toMatch(/http_client_request_duration_seconds_count\{/);
  await service?.stop();
  await kit.close();
  const asked = board.asked.length;
  await serve({ TELEMETRY_URL: board.url });
  await new Promise((resolve) => { setTimeout(resolve, 1200); });
  expect(board.asked.length).toBe(asked);
  expect(() => openFaults(false).begin({ id, kind: 'latency', strength: 1, until: Date.now() + 1000 })).toThrow('allows no faults');
});

test('faults spare the asking for faults: otherwise none of monitoring\'s own could be ended before its time', async () => {
  await serve();
  begin('errors', 100);
  expect((await fetch(`${service?.url}${heldPath}`, { method: 'POST' })).status).toBe(404);
  expect((await open()).status).toBe(500);
});
