import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { openDatabase } from '../kit/adapters/postgres.ts';
import { contract, database, type Connection } from '../kit/contract.ts';
import { migrate } from '../kit/migrate.ts';
import { secretOf } from '../kit/secret.ts';
import { start, type Started } from '../kit/start.ts';
import { openEvents } from '../kit/test/events.ts';
import { testKit, type TestKit } from '../kit/test/kit.ts';
import { startPostgres, type TestPostgres } from '../kit/test/postgres.ts';
import { until } from '../kit/test/until.ts';
import { app } from './app.ts';
import { monitoring } from './contract.ts';

const shop = contract({
  name: 'shop', about: 'Sells things.', ports: { http: 1, metrics: 2 }, env: { DATABASE: database() },
  routes: {
    buy: { method: 'get', path: '/v1/things/:id', about: 'x', access: 'anyone', answers: { 200: { type: 'object' } } },
    fail: { method: 'get', path: '/v1/failures', about: 'x', access: 'anyone', answers: { 200: { type: 'object' } } },
  },
});
let postgres: TestPostgres;
let other: TestKit<typeof shop>;
let shopping: Started;
let kit: TestKit<typeof monitoring>;
let service: Started;

beforeAll(async () => {
  postgres = await startPostgres();
  const [telemetry, things] = [await postgres.backing('telemetry'), await postgres.backing('things')];
  const connection: Connection<'database'> = { kind: 'database', url: secretOf(telemetry), reference: 'monitoring.DATABASE' };
  other = testKit(shop, { DATABASE: things });
  await migrate(connection, join(import.meta.dirname, 'migrations'), other.log);
  const db = openDatabase(other, other.env.DATABASE);
  shopping = await start(other, {
    handlers: {
      async buy() {
        await db.query('select 1 from pg_catalog.pg_class where relname = $1', ['thing']);
        return { status: 200, body: {} };
      },
      fail: () => Promise.reject(new Error('on purpose')),
    },
    ready: {}, stop: () => db.close(),
  });
  kit = testKit(monitoring, { DATABASE: telemetry, WORKLOADS: `shop=${shopping.metricsUrl},gone=http://127.0.0.1:1` });
  service = await start(kit, await app(kit));
}, 60_000);
afterAll(async () => {
  await service?.stop();
  await shopping?.stop();
  await Promise.all([kit?.close(), other?.close()]);
  await postgres?.stop();
});

interface Group { readonly key: string; readonly labels: Record<string, string>; readonly requests: number; readonly errors: number; readonly p99: number | null; readonly exemplars: readonly { traceId: string; seconds: number }[]; readonly series: { readonly rate: readonly number[] } }
interface Body { readonly groups: readonly Group[]; readonly resolution: number; readonly step: number; readonly edges: readonly Record<string, unknown>[]; readonly names: readonly { name: string }[]; readonly looks: readonly Record<string, unknown>[]; readonly series: readonly { value: readonly number[]; labels: object }[]; readonly code: string }
const read = async (path: string) => {
  const answer = await fetch(service.url + path, { headers: { authorization: `Bearer ${kit.tokenFor('ada@example.com', 'viewer')}` } });
  return { status: answer.status, body: await answer.json() as Body };
};
const groupsOf = async (by: string) => (await read(`/v1/metrics/red?by=${by}&service=shop`)).body.groups;
const sum = (all: readonly number[]) => all.reduce((one, two) => one + two, 0);

test('every request that was sent is counted, once, by service, route and statement; with exemplars that are its journeys', async () => {
  const stream = await openEvents(`${service.url}/v1/metrics/live`, { authorization: `Bearer ${kit.tokenFor('ada@example.com', 'viewer')}` });
  await until('it has looked', async () => (await read('/v1/metrics/names')).body.looks.every(({ at }) => at !== null));
  const traces = new Set<string>();
  let slowest = 0;
  for (let sent = 0; sent < 120; sent++) {
    const began = performance.now();
    const answer = await fetch(`${shopping.url}${sent % 6 === 5 ? '/v1/failures' : `/v1/things/${sent}`}`);
    slowest = Math.max(slowest, (performance.now() - began) / 1000);
    traces.add(answer.headers.get('trace-id') ?? '');
    await answer.arrayBuffer();
  }
  await until('all were counted', async () => (await groupsOf('service'))[0]?.requests === 120);
  const [whole, ...rest] = await groupsOf('service');
  expect(rest).toEqual([]);
  expect(whole).toMatchObject({ labels: { service: 'shop' }, requests: 120, errors: 20 });
  const { body } = await read('/v1/metrics/red?by=service&service=shop');
  expect(sum(body.groups[0]?.series.rate ?? []) * body.step).toBeCloseTo(120, 6);
  expect(whole?.p99).toBeGreaterThan(0);
  expect((await groupsOf('route')).map(({ labels, requests, errors }) => [labels['route'], requests, errors])).toEqual([['/v1/things/:id', 100, 0], ['/v1/failures', 20, 20]]);
  expect((await groupsOf('query')).map(({ labels, requests }) => [labels['reference'], labels['query'], requests])).toEqual([['shop.DATABASE', 'SELECT pg_class', 100]]);
  expect(whole?.exemplars.length).toBeGreaterThan(0);
  for (const { traceId, seconds } of whole?.exemplars ?? []) {
    expect(traces).toContain(traceId);
    expect(seconds).toBeLessThanOrEqual(slowest);
  }
  const told = () => [...stream.text.matchAll(/^event: second\ndata: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? '') as { at: number; service: readonly Group[] });
  await until('the live stream has told all of them', () => sum(told().flatMap(({ service }) => service).filter(({ key }) => key === 'shop').map(({ requests }) => requests)) === 120);
  expect(new Set(told().map(({ at }) => at)).size).toBe(told().length);
  stream.leave();
}, 30_000);

test('names, looks and single families; what was left out is told', async () => {
  const { body } = await read('/v1/metrics/names');
  expect(body.names.map(({ name }) => name)).toEqual(expect.arrayContaining(['db_client_connection_wait_time_seconds', 'http_server_request_duration_seconds', 'nodejs_eventloop_lag_seconds', 'process_cpu_seconds_total']));
  expect(body.looks).toMatchObject([{ target: 'monitoring', error: null }, { target: 'shop', error: null, refused: 0, leftOut: expect.arrayContaining(['nodejs_version_info']) }, { target: 'gone', error: expect.stringMatching(/cannot be reached/) }]);
  const lines = await read('/v1/metrics/series?name=http_server_request_duration_seconds&service=shop&where=http_route=/v1/failures');
  expect(lines.body.series).toHaveLength(1);
  expect(lines.body.series[0]?.labels).toMatchObject({ http_route: '/v1/failures' });
  const heap = await read('/v1/metrics/series?name=nodejs_heap_size_used_bytes&service=shop');
  expect(Math.max(...heap.body.series[0]?.value ?? [])).toBeGreaterThan(1_000_000);
});

test.each(['by=moon', 'by=service&from=-1', 'by=service&from=2&to=1', 'by=service&from=0', 'by=service&step=0', 'by=service&service=A', 'by=service&more=1', ''])('a query that fits nothing is refused: %s', async (query) => {
  expect(await read(`/v1/metrics/red?${query}`)).toMatchObject({ status: 400, body: { code: 'invalid_params' } });
});

test('edges are seen from both ends; a statement\'s error counts', async () => {
  const { body } = await read('/v1/edges');
  expect(body.edges).toContainEqual(expect.objectContaining({ caller: 'shop', callee: 'shop.DATABASE', kind: 'database', reference: 'shop.DATABASE', requests: 100, errors: 0, seenBy: 'caller' }));
  expect(body.edges).toContainEqual(expect.objectContaining({ caller: 'monitoring', callee: 'shop', kind: 'call', reference: 'monitoring.WORKLOADS' }));
  // The test itself called, and is no workload: who it was nobody knows.
  expect(body.edges).toContainEqual(expect.objectContaining({ caller: 'unknown', callee: 'shop', reference: null, requests: 120, seenBy: 'callee' }));
});

test('after a restart the history is there, what happened meanwhile is counted, and nothing twice', async () => {
  await service.stop();
  for (let sent = 0; sent < 7; sent += 1) await (await fetch(`${shopping.url}/v1/things/1`)).arrayBuffer();
  const again = testKit(monitoring, { DATABASE: kit.env.DATABASE.url.reveal(), WORKLOADS: `shop=${shopping.metricsUrl}` });
  service = await start(again, await app(again));
  await until('it has looked', async () => (await read('/v1/metrics/names')).body.looks.every(({ at }) => at !== null));
  await (await fetch(`${shopping.url}/v1/things/1`)).arrayBuffer();
  await until('all are counted', async () => (await groupsOf('service'))[0]?.requests === 128);
  const { body } = await read('/v1/metrics/red?by=service&service=shop');
  expect(body.resolution).toBe(10);
}, 40_000);
