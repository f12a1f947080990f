import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { contract, type Connection } from '../kit/contract.ts';
import { migrate } from '../kit/migrate.ts';
import { secretOf } from '../kit/secret.ts';
import { start, type Started } from '../kit/start.ts';
import { testKit, type TestKit } from '../kit/test/kit.ts';
import { openEvents } from '../kit/test/events.ts';
import { startPostgres, type TestPostgres } from '../kit/test/postgres.ts';
import { until } from '../kit/test/until.ts';
import { app } from './app.ts';
import { monitoring } from './contract.ts';
import { attribute, lineAt, logs, spanAt, startMs, traceId, traces } from './test/otlp.ts';

/** Not what any environment has: what is said of it comes from here. */
const keptDays = 5;
let postgres: TestPostgres;
let kit: TestKit<typeof monitoring>;
let service: Started;
let viewer: Record<string, string>;

beforeAll(async () => {
  postgres = await startPostgres();
  const url = await postgres.backing('telemetry');
  kit = testKit(monitoring, { DATABASE: url, TELEMETRY_DAYS: String(keptDays) });
  const connection: Connection<'database'> = { kind: 'database', url: secretOf(url), reference: 'monitoring.DATABASE' };
  await migrate(connection, join(import.meta.dirname, 'migrations'), kit.log);
  service = await start(kit, await app(kit));
  viewer = { authorization: `Bearer ${kit.tokenFor('ada@example.com', 'viewer')}` };
}, 60_000);
afterAll(async () => {
  await service?.stop();
  await kit?.close();
  await postgres?.stop();
});

const send = (path: string, body: unknown, headers: Record<string, string> = {}) => fetch(service.url + path, {
  method: 'POST', headers: { authorization: `Bearer ${kit.workloadKey}`, 'content-type': 'application/json', ...headers },
  body: body instanceof Uint8Array ? Uint8Array.from(body) : typeof body === 'string' ? body : JSON.stringify(body),
});
const read = async (path: string) => {
  const answer = await fetch(service.url + path, { headers: viewer });
  return { status: answer.status, body: await answer.json() as Body };
};
/** All that the answers of this service may hold. */
interface Body {
  readonly code: string;
  readonly connected: boolean;
  readonly hops: readonly { service: string; kind: string; durationMs: number; attributes: object }[];
  readonly open: readonly { name: string; spanId: string }[];
  readonly logs: readonly { readonly message: string }[];
  readonly journeys: readonly { traceId: string }[];
}

test('spans from several services become one connected tree, parents before children', async () => {
  const trace = traceId();
  const root = spanAt(0, { traceId: trace, name: 'POST /v1/deployments' });
  const call = spanAt(1, { traceId: trace, parentSpanId: root.spanId, kind: 3, name: 'POST deployment', attributes: [attribute('journey.reference', 'gateway.DEPLOYMENT_URL')] });
  const served = spanAt(2, { traceId: trace, parentSpanId: call.spanId, name: 'POST /v1/deployments' });
  expect((await send('/v1/traces', traces('deployment', [served]))).status).toBe(200);
  const before = await read(`/v1/journeys/${trace}`);
  expect(before.body).toMatchObject({ connected: false });
  expect((await send('/v1/traces', traces('gateway', [call, root]))).status).toBe(200);
  expect((await send('/v1/logs', logs('deployment', [
    lineAt(3, 'written', { traceId: trace, spanId: served.spanId }),
    lineAt(4, 'it failed', { traceId: trace, spanId: served.spanId, severityNumber: 17, attributes: [attribute('exception.stacktrace', 'Error: full\n    at write')] }),
  ]))).status).toBe(200);
  const { status, body } = await read(`/v1/journeys/${trace}`);
  expect(status).toBe(200);
  expect(body.connected).toBe(true);
  expect(body.hops.map((hop) => [hop.service, hop.kind, hop.durationMs])).toEqual([['gateway', 'server', 5], ['gateway', 'client', 5], ['deployment', 'server', 5]]);
  expect(body.hops[1]?.attributes).toEqual({ 'journey.reference': 'gateway.DEPLOYMENT_URL', 'journey.revision': 'worktree' });
  expect(body.logs).toEqual([
    { at: startMs + 3, message: 'written', level: 'info', service: 'deployment', spanId: served.spanId },
    { at: startMs + 4, message: 'it failed', level: 'error', service: 'deployment', spanId: served.spanId, stack: 'Error: full\n    at write' },
  ]);
  const list = await read('/v1/journeys');
  expect(list.body.journeys).toContainEqual({ traceId: trace, name: 'POST /v1/deployments', startedAt: startMs, durationMs: 7, hops: 3, status: 'ok', demo: false });
});

test('what is sent twice is kept once', async () => {
  const trace = traceId();
  const batch = traces('gateway', [spanAt(0, { traceId: trace })]);
  const lines = logs('gateway', [lineAt(0, 'once', { traceId: trace })]);
  for (const [path, body] of [['/v1/traces', batch], ['/v1/traces', batch], ['/v1/logs', lines], ['/v1/logs', lines]] as const) {
    expect((await send(path, body)).status).toBe(200);
  }
  const { body } = await read(`/v1/journeys/${trace}`);
  expect([body.hops.length, body.logs.length]).toEqual([1, 1]);
});

test('two spans with one id in one batch are kept once', async () => {
  const trace = traceId();
  const one = spanAt(0, { traceId: trace });
  expect((await send('/v1/traces', traces('gateway', [one, one]))).status).toBe(200);
  expect((await read(`/v1/journeys/${trace}`)).body.hops).toHaveLength(1);
});

test('a refused request shows as an error in the list; looking at journeys does not show at all', async () => {
  const refused = spanAt(10, { attributes: [attribute('http.response.status_code', 403)] });
  const odd = spanAt(11, { attributes: [attribute('http.response.status_code', 'teapot')] });
  const looking = spanAt(12, { name: 'GET /v1/journeys/:traceId' });
  await send('/v1/traces', traces('gateway', [refused, odd, looking]));
  const { body } = await read('/v1/journeys');
  const found = (id: string) => body.journeys.find((one) => one.traceId === id);
  expect(found(refused.traceId)).toMatchObject({ status: 'error' });
  expect(found(odd.traceId)).toMatchObject({ status: 'ok' });
  expect(found(looking.traceId)).toBeUndefined();
});

test('demo traffic says what it is, and can be left out or alone', async () => {
  const [demo, real] = [spanAt(20, { attributes: [attribute('journey.traffic', 'demo')] }), spanAt(21)];
  await send('/v1/traces', traces('gateway', [demo, real]));
  const listed = async (query: string) => (await read(`/v1/journeys?${query}`)).body.journeys.filter(({ traceId: id }) => [demo.traceId, real.traceId].includes(id));
  expect(await listed('')).toMatchObject([{ traceId: real.traceId, demo: false }, { traceId: demo.traceId, demo: true }]);
  expect(await listed('traffic=demo')).toMatchObject([{ traceId: demo.traceId }]);
  expect(await listed('traffic=other')).toMatchObject([{ traceId: real.traceId }]);
  expect((await read('/v1/journeys?traffic=x')).status).toBe(400);
});

test('ill-formed spans are refused one by one and their neighbours are kept', async () => {
  const good = spanAt(0);
  const answer = await send('/v1/traces', traces('gateway', [
    good, null, 7, [], { ...spanAt(0), traceId: 'x' }, { ...spanAt(0), spanId: '0'.repeat(16) }, { ...spanAt(0), parentSpanId: 'zz' },
    { ...spanAt(0), startTimeUnixNano: '-1' }, { ...spanAt(0), endTimeUnixNano: 1e300 }, { ...spanAt(0), name: '' },
  ]));
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ partialSuccess: { rejectedSpans: '9', errorMessage: '9 refused; the first: traceId or spanId is not a hexadecimal id' } });
  expect((await read(`/v1/journeys/${good.traceId}`)).body.hops).toHaveLength(1);
});

test('text that PostgreSQL cannot keep is cleaned, not refused', async () => {
  const span = spanAt(0, { name: 'a\u0000b\ud800', attributes: [{ key: 'k\u0000', value: { stringValue: '\u0000' } }] });
  expect((await send('/v1/traces', traces('gateway', [span]))).status).toBe(200);
  const { body } = await read(`/v1/journeys/${span.traceId}`);
  expect(body.hops[0]).toMatchObject({ name: 'a\ufffdb\ufffd', attributes: { 'k\ufffd': '\ufffd' } });
});

test.each([
  ['no JSON', '{"resourceSpans":', {}, 400, 'not_json'],
  ['the wrong shape', '{"resourceSpans":{}}', {}, 400, 'invalid_body'],
  ['no protobuf', new Uint8Array([1, 2]), { 'content-type': 'application/x-protobuf' }, 400, 'invalid_body'], ['another type', 'x', { 'content-type': 'text/plain' }, 415, 'unsupported_media'],
  ['10,000 levels', `{"resourceSpans":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, {}, 400, 'too_deep'],
  ['10 MB', `{"resourceSpans":["${'x'.repeat(10_485_760)}"]}`, {}, 413, 'too_large'],
  ['a gzip bomb', gzipSync(Buffer.alloc(20_000_000, 0x20)), { 'content-encoding': 'gzip' }, 413, 'too_large'],
  ['rubbish for gzip', new Uint8Array([31, 139, 1]), { 'content-encoding': 'gzip' }, 400, 'bad_request'],
  ['no key', '{}', { authorization: '' }, 401, 'unauthenticated'],
])('%s is refused with a problem', async (_, body, headers, status, code) => {
  const answer = await send('/v1/traces', body, headers);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect([answer.status, ((await answer.json()) as Body).code]).toEqual([status, code]);
});

test('a person\'s token does not let telemetry in, nor the key of the workloads a person', async () => {
  expect((await send('/v1/traces', traces('gateway', []), viewer)).status).toBe(401);
  expect((await fetch(`${service.url}/v1/journeys`, { headers: { authorization: `Bearer ${kit.workloadKey}` } })).status).toBe(401);
});

test('gzip is understood', async () => {
  const span = spanAt(0);
  const answer = await send('/v1/traces', gzipSync(JSON.stringify(traces('gateway', [span]))), { 'content-encoding': 'gzip' });
  expect(answer.status).toBe(200);
  expect((await read(`/v1/journeys/${span.traceId}`)).body.hops).toHaveLength(1);
});

test('an unknown trace is not found; an ill-formed id is refused', async () => {
  expect((await read(`/v1/journeys/${traceId()}`))).toMatchObject({ status: 404, body: { code: 'not_found', fix: expect.stringContaining(`stay for ${keptDays} days`) } });
  expect((await read('/v1/journeys/xyz'))).toMatchObject({ status: 400, body: { code: 'invalid_params' } });
});

test('taking telemetry is not traced, reading it is', async () => {
  await send('/v1/traces', traces('gateway', [spanAt(0)]));
  await read('/v1/journeys');
  const names = new Set((await kit.spans()).map(({ name }) => name));
  expect(names).toContain('GET /v1/journeys');
  expect([...names].filter((name) => /traces|INSERT/.test(name))).toEqual([]);
});

test('the health of workloads: ready, not ready, gone, silent', async () => {
  const c = contract({ name: 'other', about: 'x', ports: { http: 1, metrics: 2 }, env: {}, routes: {} });
  let broken = false;
  const other = testKit(c);
  const started = await start(other, { handlers: {}, ready: { DISK: () => broken ? Promise.reject(new Error('full')) : Promise.resolve() }, stop: () => Promise.resolve() });
  const watching = testKit(monitoring, { DATABASE: 'postgres://nobody@127.0.0.1:1/x', WORKLOADS: `other=${started.metricsUrl},gone=http://127.0.0.1:1` });
  const { openWatch } = await import('./adapters/watch.ts');
  const { targetsOf } = await import('./domain/targets.ts');
  const watch = openWatch(watching, targetsOf(watching.standard.workloads), 20, 500);
  expect(watch.seen()).toMatchObject([{ name: 'other', health: 'Unknown', seenAt: null }, { name: 'gone', health: 'Unknown' }]);
  watch.start();
  const until = async (health: string, detail: RegExp) => {
    for (let tries = 0; tries < 500 && watch.seen()[0]?.health !== health; tries++) await new Promise((resolve) => { setTimeout(resolve, 10); });
    expect(watch.seen()[0]).toMatchObject({ health, detail: expect.stringMatching(detail) });
  };
  await until('Healthy', /Ready/);
  broken = true;
  await until('Degraded', /DISK: full/);
  await started.stop();
  await until('Missing', /cannot be reached/);
  expect(watch.seen()[1]).toMatchObject({ name: 'gone', health: 'Missing' });
  expect(await watching.spans()).toEqual([]);
  await watch.stop();
  await Promise.all([watching.close(), other.close()]);
}, 20_000);

test('workloads are listed', async () => {
  expect(await read('/v1/workloads')).toMatchObject({ status: 200, body: { workloads: [{ name: 'monitoring', health: 'Healthy' }] } });
});

test('while the database is gone nothing is acknowledged, and afterwards everything goes on', async () => {
  await postgres.kill();
  const span = spanAt(0);
  const refused = await send('/v1/traces', traces('gateway', [span]));
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
  expect(await refused.json()).toMatchObject({ code: 'unavailable', at: 'monitoring' });
  expect((await read('/v1/journeys')).body).toMatchObject({ code: 'unavailable' });
  expect((await fetch(`${service.url}/readyz`)).status).toBe(503);
  expect((await fetch(`${service.url}/livez`)).status).toBe(200);
  await postgres.restart();
  expect((await send('/v1/traces', traces('gateway', [span]))).status).toBe(200);
  expect((await read(`/v1/journeys/${span.traceId}`)).body.hops).toHaveLength(1);
}, 30_000);

test('what was acknowledged is there after a crash of the database', async () => {
  const spans = Array.from({ length: 200 }, (_, i) => spanAt(i));
  const sent = spans.map(async (span) => ({ span, status: await send('/v1/traces', traces('gateway', [span])).then(({ status }) => status, () => 0) }));
  await Promise.race(sent);
  await postgres.kill();
  const results = await Promise.all(sent);
  await postgres.restart();
  const acknowledged = results.filter(({ status }) => status === 200);
  expect(acknowledged.length).toBeGreaterThan(0);
  for (const { span } of acknowledged) expect((await read(`/v1/journeys/${span.traceId}`)).status).toBe(200);
}, 30_000);


/** What a journey's stream has told so far, as it comes. */
async function following(trace: string) {
  const stream = await openEvents(`${service.url}/v1/journeys/${trace}/events`, viewer);
  expect([stream.status, stream.headers['content-type']]).toEqual([200, 'text/event-stream']);
  const seen = () => [...stream.text.matchAll(/^id: (.*)\nevent: journey\ndata: (.*)\n\n/gm)].map(([, id, data]) => ({ id: Number(id), data: JSON.parse(data ?? '') as Body }));
  return { seen, last: () => seen().at(-1)?.data, close: () => stream.leave() };
}

test('a journey is told while it travels: what is under way, then what has ended, each once', async () => {
  const trace = traceId();
  const stream = await following(trace);
  const root = spanAt(0, { traceId: trace, name: 'POST /v1/things' });
  const call = spanAt(1, { traceId: trace, parentSpanId: root.spanId, kind: 3, name: 'POST thing' });
  await send('/v1/traces', traces('gateway', [{ ...root, endTimeUnixNano: '0' }, { ...call, endTimeUnixNano: '0' }]));
  await until('both are under way', () => stream.last()?.open.length === 2);
  expect(stream.last()).toMatchObject({ hops: [], connected: false, open: [{ name: 'POST /v1/things' }, { name: 'POST thing', spanId: call.spanId }] });
  await send('/v1/traces', traces('gateway', [call]));
  await until('one has ended', () => stream.last()?.open.length === 1);
  expect(stream.last()?.hops).toEqual([expect.objectContaining({ name: 'POST thing' })]);
  await send('/v1/logs', logs('gateway', [lineAt(2, 'a line', { traceId: trace, spanId: root.spanId })]));
  await until('the line is told', () => stream.last()?.logs.length === 1);
  // Lines come late and out of order: the earlier one is told as well, and the later one not again; two that are equal are two.
  const [early, twin] = [lineAt(1, 'an earlier line', { traceId: trace, spanId: root.spanId }), lineAt(3, 'twice', { traceId: trace, spanId: root.spanId })];
  await send('/v1/logs', logs('gateway', [early]));
  await until('the earlier line is told', () => stream.last()?.logs[0]?.message === 'an earlier line');
  await send('/v1/logs', logs('gateway', [twin, twin]));
  await until('both are told', () => stream.last()?.logs.length === 2);
  expect(stream.seen().flatMap(({ data }) => data.logs.map(({ message }) => message))).toEqual(['a line', 'an earlier line', 'twice', 'twice']);
  // A beginning that is late, or told twice, is none.
  await send('/v1/traces', traces('gateway', [root, { ...root, endTimeUnixNano: '0' }, { ...call, endTimeUnixNano: 0 }]));
  await until('it is whole', () => stream.last()?.connected === true);
  expect(stream.last()).toMatchObject({ open: [], hops: [expect.objectContaining({ name: 'POST /v1/things' })], logs: [] });
  expect(stream.seen().flatMap(({ data }) => data.hops)).toHaveLength(2);
  expect(stream.seen().map(({ id }) => id)).toEqual(stream.seen().map(({ id }) => id).toSorted((a, b) => a - b));
  stream.close();
  expect((await read(`/v1/journeys/${trace}`)).body).toMatchObject({ connected: true, open: [], hops: [{}, {}] });
});

test('a hop that was begun by a process that died stays under way, for everybody to see', async () => {
  const trace = traceId();
  await send('/v1/traces', traces('gateway', [{ ...spanAt(0, { traceId: trace, name: 'POST /v1/things' }), endTimeUnixNano: '0' }]));
  expect((await read(`/v1/journeys/${trace}`)).body).toMatchObject({ connected: false, hops: [], open: [{ name: 'POST /v1/things' }] });
  const stream = await following(trace);
  await until('who comes later sees it, too', () => stream.seen().length === 1);
  stream.close();
});
