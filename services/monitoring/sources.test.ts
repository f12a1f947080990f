import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testKit } from '../kit/test/kit.ts';
import { openSources, type Sources } from './adapters/sources.ts';
import { monitoring } from './contract.ts';
import { startFakeJaeger, type FakeJaeger } from './test/fake-jaeger.ts';
import { attribute, lineAt, logs, spanAt, spanId, startMs, traceId, traces } from './test/otlp.ts';
import { startMonitoring, type Monitoring } from './test/start-monitoring.ts';

let jaeger: FakeJaeger;
let service: Monitoring;
beforeAll(async () => {
  jaeger = await startFakeJaeger();
  service = await startMonitoring({ TRACES: `${jaeger.url}/`, METRICS: 'http://:hidden@127.0.0.1:1/?namespace=x', LOGS: 'http://127.0.0.1:1/logs-*' });
}, 60_000);
afterAll(async () => {
  await service?.stop();
  await jaeger?.stop();
});
const [there, here, door] = [traceId(), traceId(), spanId()];

test('journeys are read where the model says, and what is sent to monitoring is still taken', async () => {
  jaeger.take([{ traceId: there, spanId: door, parentId: null, service: 'gateway', name: 'GET /v1/there', kind: 'server', startedNs: `${startMs}000000`, endedNs: `${startMs + 5}000000`, isError: false, message: null, attributes: {} }], []);
  expect((await service.send('/v1/traces', traces('gateway', [spanAt(0, { traceId: here, attributes: [attribute('http.route', '/v1/here')] })]))).status).toBe(200);
  const { body } = await service.read<{ journeys: readonly { traceId: string; name: string }[] }>('/v1/journeys');
  expect(body.journeys).toMatchObject([{ traceId: there, name: 'GET /v1/there' }]);
  expect((await service.sql('select trace_id from spans')).map((row) => row['trace_id'])).toEqual([here]);
});

test.each([
  ['/v1/metrics/red?by=service', 'Prometheus', 'METRICS'], ['/v1/metrics/series?name=up', 'Prometheus', 'METRICS'], ['/v1/metrics/names', 'Prometheus', 'METRICS'], ['/v1/edges', 'Prometheus', 'METRICS'],
  ['/v1/logs', 'OpenSearch', 'LOGS'], ['/v1/logs/histogram', 'OpenSearch', 'LOGS'], ['/v1/logs/facets', 'OpenSearch', 'LOGS'], ['/v1/logs/5/context', 'OpenSearch', 'LOGS'], ['/v1/logs/export', 'OpenSearch', 'LOGS'], ['/v1/events?topics=logs', 'OpenSearch', 'LOGS'],
  [`/v1/journeys/${there}`, 'OpenSearch', 'LOGS'],
])('while it is away %s answers 503, naming it, why and what helps, and no URL', async (path, server, variable) => {
  const { status, headers, text, body } = await service.read<{ code: string; detail: string; fix: string }>(path);
  expect([status, headers.get('content-type'), headers.get('retry-after'), body.code]).toEqual([503, expect.stringMatching(/^application\/problem\+json/), '2', 'unavailable']);
  expect(body.detail).toMatch(new RegExp(`^The ${server} at monitoring\\.${variable} does not answer: .*cannot be reached`));
  expect(body.fix).toMatch(new RegExp(`Start the ${server}, or correct the URL of monitoring\\.${variable}`));
  expect(text).not.toMatch(/hidden|127\.0\.0\.1/);
});

test('what is read elsewhere is said to be; how long that keeps it is not claimed', async () => {
  expect((await service.read<object>('/v1/telemetry')).body).toMatchObject({ retentionDays: 7, sources: { metrics: 'prometheus', logs: 'opensearch', traces: 'jaeger' } });
  expect((await service.read<object>('/v1/journeys')).body).toMatchObject({ source: 'jaeger' });
});

test('health and what monitoring looks at itself go on', async () => {
  expect((await service.send('/v1/logs', logs('auth', [lineAt(0, 'kept')]))).status).toBe(200);
  expect((await service.read('/v1/workloads')).status).toBe(200);
  expect((await service.read('/v1/alerts')).status).toBe(200);
});

test('`own:` is what monitoring keeps; a URL that says too little is refused at the start', async () => {
  const nothing = () => Promise.reject(new Error('not asked'));
  const journeys: Sources['journeys'] = { sources: { hops: 'own', logs: 'own' }, newest: nothing, spansOf: nothing, openSpansOf: nothing, logsOf: nothing };
  const own: Sources = { metrics: { source: 'own', read: nothing, families: nothing, resolutions: nothing }, logs: { source: 'own', earliest: nothing, find: nothing, count: nothing, around: nothing, since: nothing, newest: nothing, bounds: nothing, earliestTold: () => 0 }, journeys };
  const kit = testKit(monitoring, {});
  const sources = openSources(kit, own);
  expect([sources.metrics, sources.logs, sources.journeys.newest, sources.journeys.logsOf]).toEqual([own.metrics, own.logs, journeys.newest, journeys.logsOf]);
  await kit.close();
  const percent = testKit(monitoring, { LOGS: 'https://user:100%@search.example.com/logs' });
  expect(() => openSources(percent, own)).toThrow(/^The user or password in the URL of monitoring\.LOGS holds a %/);
  await percent.close();
  const wrong = testKit(monitoring, { LOGS: 'https://user:hidden@search.example.com/' });
  expect(() => openSources(wrong, own)).toThrow(/^monitoring\.LOGS names no index/);
  expect(() => testKit(monitoring, { TRACES: 'ftp://x' })).toThrow(/TRACES must be the URL of a source of traces that starts with own:, http:\/\/, https:\/\//);
  await wrong.close();
});

test('the lines of a journey are those of the log source; without any, what its spans said', async () => {
  const line = (message: string) => ({ traceId: there, spanId: null, service: 'x', level: 'info', message, atNs: '1000', attributes: {} });
  const kit = testKit(monitoring, { TRACES: jaeger.url });
  let lines = [line('own')];
  const nothing = () => Promise.resolve([]);
  const sources = openSources(kit, {
    metrics: { source: 'own', read: nothing as never, families: nothing, resolutions: nothing }, logs: { source: 'own', earliest: () => Promise.resolve(0), find: nothing, count: nothing as never, around: nothing, since: nothing, newest: () => Promise.resolve(0), bounds: () => Promise.resolve({ oldest: 0, newest: 0 }), earliestTold: () => 0 },
    journeys: { sources: { hops: 'own', logs: 'own' }, newest: nothing as never, spansOf: nothing as never, openSpansOf: nothing as never, logsOf: () => Promise.resolve({ found: lines, omitted: 0 }) },
  });
  jaeger.take([], [{ ...line('of a span'), spanId: door }]);
  expect((await sources.journeys.logsOf(there)).found.map(({ message }) => message)).toEqual(['own']);
  lines = [];
  expect((await sources.journeys.logsOf(there)).found.map(({ message }) => message)).toEqual(['of a span']);
  await kit.close();
});
