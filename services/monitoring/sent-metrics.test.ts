import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '../kit/test/until.ts';
import { attribute } from './test/otlp.ts';
import { startMonitoring, type Monitoring } from './test/start-monitoring.ts';

interface Groups { readonly groups: readonly { readonly requests: number }[] }

let monitoring: Monitoring;
beforeAll(async () => {
  monitoring = await startMonitoring();
  const now = BigInt(Date.now()) * 1_000_000n;
  BEGAN = [String(now), String(now + 1000n), String(now + 2000n)];
}, 60_000);
afterAll(async () => { await monitoring?.stop(); });

const REQUESTS = { name: 'http.server.request.duration', unit: 's' };
let time = BigInt(Date.now()) * 1_000_000n;
/** After the store has begun to listen: three lives of a program. */
let BEGAN: readonly [string, string, string];
/** @param more `aggregationTemporality` 1 is delta, 2 cumulative; `at` is later than all before */
function told(service: string, count: number, { aggregationTemporality = 2, since = BEGAN[0], at = time += 1n, host = 'a', library = 'sdk', sum = count / 100, user = '' } = {}) {
  const point = { startTimeUnixNano: since, timeUnixNano: String(at), attributes: [attribute('http.request.method', 'GET'), attribute('http.route', '/things'), attribute('http.response.status_code', 200), ...(user === '' ? [] : [attribute('user.name', user)])], count: String(count), sum, explicitBounds: [0.005, 0.01, 0.025], bucketCounts: ['0', String(count), '0', '0'] };
  return { resourceMetrics: [{ resource: { attributes: [attribute('service.name', service), attribute('host.name', host)] }, scopeMetrics: [{ scope: { name: library }, metrics: [{ ...REQUESTS, histogram: { aggregationTemporality, dataPoints: [point] } }] }] }] };
}
const send = (body: unknown) => monitoring.send<{ partialSuccess?: { rejectedDataPoints: string } }>('/v1/metrics', body);
const requestsOf = async (service: string) => (await monitoring.read<Groups>(`/v1/metrics/red?by=service&service=${service}`)).body.groups[0]?.requests;
const stored = async (service: string) => (await monitoring.sql('select coalesce(sum(count), 0) as count from metric_points p join metric_series s on s.id = p.series where s.service = $1 and resolution = 10', [service]))[0]?.['count'];

test('what was acknowledged is in the store, and is counted once where it is read', async () => {
  expect((await send(told('totals', 40)))).toMatchObject({ status: 200 });
  expect(await stored('totals')).toBe(40);
  expect(await requestsOf('totals')).toBe(40);
  // A total grows: what is new is the difference.
  await send(told('totals', 55));
  expect([await stored('totals'), await requestsOf('totals')]).toEqual([55, 55]);
});

test('the same request again changes nothing, and another with the same figures does: increments', async () => {
  const body = told('increments', 7, { aggregationTemporality: 1 });
  for (let sent = 0; sent < 3; sent += 1) expect((await send(body)).status).toBe(200);
  await send(told('increments', 7, { aggregationTemporality: 1 }));
  expect([await stored('increments'), await requestsOf('increments')]).toEqual([14, 14]);
});

test('two processes of one program count on their own; one that begins anew counts from zero', async () => {
  for (const [count, since] of [[10, BEGAN[0]], [3, BEGAN[1]], [12, BEGAN[0]], [4, BEGAN[1]], [2, BEGAN[2]]] as const) await send(told('twins', count, { since }));
  expect([await stored('twins'), await requestsOf('twins')]).toEqual([18, 18]);
});

test('what differs in anything that is not kept is a stream of its own: host, library, the end of a long label', async () => {
  const long = 'x'.repeat(120);
  const sent = [told('streams', 10), told('streams', 7, { host: 'b' }), told('streams', 5, { library: 'other' }), told('streams', 3, { user: `${long}1` }), told('streams', 2, { user: `${long}2` })];
  for (const body of sent) await send(body);
  // Alternating, each grows by one.
  for (const body of [told('streams', 11), told('streams', 8, { host: 'b' }), told('streams', 6, { library: 'other' }), told('streams', 4, { user: `${long}1` }), told('streams', 3, { user: `${long}2` })]) await send(body);
  expect([await stored('streams'), await requestsOf('streams')]).toEqual([32, 32]);
});

test('totals that come in any order, and at once, count by their time', async () => {
  const bodies = Array.from({ length: 20 }, (_, n) => told('backlog', (n + 1) * 3));
  await send(bodies[19]);
  await Promise.all(bodies.toReversed().map(send));
  expect(await stored('backlog')).toBe(60);
  // A time that has not come yet does not make what follows old.
  await send(told('backlog', 61, { at: time + 3_600_000_000_000n }));
  const then = Date.now();
  await until('its time has come', () => Date.now() > then);
  await send(told('backlog', 63, { at: BigInt(Date.now()) * 1_000_000n }));
  expect(await stored('backlog')).toBe(63);
});

test('what is refused is told and counted', async () => {
  const body = { resourceMetrics: [{ resource: { attributes: [] }, scopeMetrics: [{ metrics: [{ ...REQUESTS, gauge: { dataPoints: [{ asInt: '1' }] } }] }] }] };
  expect((await send(body)).body.partialSuccess?.rejectedDataPoints).toBe('1');
  expect((await monitoring.read('/v1/telemetry')).body).toMatchObject({ refused: expect.arrayContaining([{ signal: 'metrics', reason: 'ill_formed', records: 1 }]) });
});

test('numbers beyond every measurement, and half a character, are refused or mended alone', async () => {
  for (const sum of [1e308, -1e16]) expect((await send(told('extreme', 1, { sum }))).body.partialSuccess?.rejectedDataPoints).toBe('1');
  expect((await send(told('extreme', 1, { user: `${'x'.repeat(99)}😀` }))).body.partialSuccess).toBeUndefined();
  expect(await stored('extreme')).toBe(1);
});

test('of a program that began before anybody listened, or does not say when, the first total is remembered only', async () => {
  for (const since of ['1000', '0']) {
    await send(told('older', 5_000_000, { since }));
    await send(told('older', 5_000_003, { since }));
  }
  expect([await stored('older'), await requestsOf('older')]).toEqual([6, 6]);
});

test('a sender whose clock is a little ahead may send again what did not arrive', async () => {
  const ahead = (seconds: number) => (BigInt(Date.now()) + BigInt(seconds) * 1000n) * 1_000_000n;
  const [first, second, third] = [told('ahead', 1000, { at: ahead(30) }), told('ahead', 1010, { at: ahead(31) }), told('ahead', 1020, { at: ahead(32) })];
  for (const body of [first, third, second]) await send(body);
  await send(told('ahead', 1030, { at: ahead(33) }));
  expect(await stored('ahead')).toBe(1030);
});

test('many at once, in one process: none is lost', async () => {
  await Promise.all(Array.from({ length: 60 }, () => send(told('crowd', 2, { aggregationTemporality: 1 }))));
  expect([await stored('crowd'), await requestsOf('crowd')]).toEqual([120, 120]);
});
