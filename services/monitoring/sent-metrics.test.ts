import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { attribute } from './test/otlp.ts';
import { startMonitoring, type Monitoring } from './test/start-monitoring.ts';

interface Groups { readonly groups: readonly { readonly requests: number }[] }

let monitoring: Monitoring;
beforeAll(async () => { monitoring = await startMonitoring(); }, 60_000);
afterAll(async () => { await monitoring?.stop(); });

const REQUESTS = { name: 'http.server.request.duration', unit: 's' };
let time = BigInt(Date.now()) * 1_000_000n;
/** @param more `aggregationTemporality` 1 is delta, 2 cumulative */
function told(service: string, count: number, { aggregationTemporality = 2, since = '1000' } = {}) {
  time += 1n;
  const point = { startTimeUnixNano: since, timeUnixNano: String(time), attributes: [attribute('http.request.method', 'GET'), attribute('http.route', '/things'), attribute('http.response.status_code', 200)], count: String(count), sum: count / 100, explicitBounds: [0.005, 0.01, 0.025], bucketCounts: ['0', String(count), '0', '0'] };
  return { resourceMetrics: [{ resource: { attributes: [attribute('service.name', service)] }, scopeMetrics: [{ metrics: [{ ...REQUESTS, histogram: { aggregationTemporality, dataPoints: [point] } }] }] }] };
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
  for (const [count, since] of [[10, '1000'], [3, '2000'], [12, '1000'], [4, '2000'], [2, '3000']] as const) await send(told('twins', count, { since }));
  expect([await stored('twins'), await requestsOf('twins')]).toEqual([18, 18]);
});

test('many at once, in one process: none is lost', async () => {
  await Promise.all(Array.from({ length: 60 }, () => send(told('crowd', 2, { aggregationTemporality: 1 }))));
  expect([await stored('crowd'), await requestsOf('crowd')]).toEqual([120, 120]);
});

test('what is refused is told and counted', async () => {
  const body = { resourceMetrics: [{ resource: { attributes: [] }, scopeMetrics: [{ metrics: [{ ...REQUESTS, gauge: { dataPoints: [{ asInt: '1' }] } }] }] }] };
  expect((await send(body)).body.partialSuccess?.rejectedDataPoints).toBe('1');
  expect((await monitoring.read('/v1/telemetry')).body).toMatchObject({ refused: expect.arrayContaining([{ signal: 'metrics', reason: 'ill_formed', records: 1 }]) });
});
