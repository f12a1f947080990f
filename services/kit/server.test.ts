import { afterEach, expect, test } from '@jest/globals';
import { InMemoryLogRecordExporter } from '@opentelemetry/sdk-logs';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Answer, App, RouteRequest } from './kit.ts';
import type { Overrides } from './open-kit.ts';
import { problem } from './problem.ts';
import { start, type Started } from './start.ts';
import { testKit, type TestKit } from './test/kit.ts';
import { thing } from './test/thing.ts';

type Thing = typeof thing;
let kit: TestKit<Thing>;
let service: Started;
let asked: RouteRequest | undefined;
afterEach(async () => {
  await service.stop();
  await kit.close();
});

async function serve(more: Partial<App<Thing>['handlers']> = {}, overrides: Overrides = {}, app: Partial<App<Thing>> = {}) {
  kit = testKit(thing, {}, overrides);
  asked = undefined;
  const keep = (answer: Answer) => (request: RouteRequest) => { asked = request; return Promise.resolve(answer); };
  service = await start(kit, {
    handlers: {
      read: keep({ status: 200, body: { id: 'abc' } }), write: keep({ status: 201, body: { ok: true }, headers: { location: '/v1/things/abc' } }),
      remove: keep({ status: 204 }), take: keep({ status: 200, body: {} }), open: keep({ status: 200, body: {} }), ...more,
    },
    ready: {}, stop: () => Promise.resolve(), ...app,
  });
}
const json = { 'content-type': 'application/json' };
const as = (...roles: ('viewer' | 'operator' | 'admin')[]) => ({ authorization: `Bearer ${kit.tokenFor('ada@example.com', ...roles)}` });
const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json) => fetch(service.url + path, { method: 'POST', body, headers });
async function told(answer: Response) {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const body = await answer.json() as { code: string; status: number; traceId: string; detail: string; fix: string; errors?: { path: string; message: string }[] };
  expect(body.status).toBe(answer.status);
  expect(body.fix).not.toBe('');
  return body;
}
/** Speaks bytes, as no well-behaved client would. */
function speak(text: string, { end = false, port = Number(new URL(service.url).port) } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => { if (end) socket.end(text); else socket.write(text); });
    socket.on('data', (data) => { heard += data.toString(); });
    socket.on('close', () => resolve(heard));
    socket.on('error', reject);
  });
}

test('a valid request reaches its handler with typed values, and the answer is its', async () => {
  await serve();
  const operator = as('operator');
  const answer = await fetch(`${service.url}/v1/things/abc?limit=5&deep=true`, { headers: { ...operator, 'x-more': 'yes' } });
  expect([answer.status, await answer.json()]).toEqual([200, { id: 'abc' }]);
  expect(asked).toMatchObject({ params: { id: 'abc' }, query: { limit: 5, deep: true }, body: undefined, person: { name: 'ada@example.com', roles: ['operator'] }, traceId: answer.headers.get('trace-id') });
  expect([asked?.header('X-More'), asked?.token]).toEqual(['yes', operator.authorization.slice(7)]);
  const written = await post('/v1/things', '{"a":"x","b":"y"}');
  expect([written.status, written.headers.get('location'), asked?.body, asked?.person, asked?.token]).toEqual([201, '/v1/things/abc', { a: 'x', b: 'y' }, null, null]);
});

test.each([
  ['', 401, 'unauthenticated', /no Authorization/], ['Basic abc', 401, 'unauthenticated', /no Authorization/], ['Bearer rubbish', 401, 'unauthenticated', /refused/],
  ['viewer', 403, 'forbidden', /ada@example.com has the role viewer; this needs admin/], ['', 401, 'unauthenticated', /Bearer/], ['nobody', 403, 'forbidden', /no role/],
])('access by %j is refused before anything else happens', async (who, status, code, detail) => {
  await serve();
  const authorization = who === 'viewer' ? as('viewer').authorization : who === 'nobody' ? as().authorization : who;
  const answer = await fetch(`${service.url}/v1/things/abc`, { method: 'DELETE', headers: { authorization } });
  const body = await told(answer);
  expect([answer.status, body.code]).toEqual([status, code]);
  expect(body.detail).toMatch(detail);
  expect(asked).toBeUndefined();
});

test('the workloads\' key opens their routes and no other; a higher role includes the lower', async () => {
  await serve();
  expect((await post('/v1/take', '{}', { ...json, authorization: `Bearer ${kit.workloadKey}` })).status).toBe(200);
  expect((await post('/v1/take', '{}', { ...json, authorization: `Bearer ${kit.workloadKey}x` })).status).toBe(401);
  expect((await post('/v1/take', '{}', { ...json, ...as('admin') })).status).toBe(401);
  expect((await fetch(`${service.url}/v1/things/abc?limit=1`, { headers: as('admin') })).status).toBe(200);
});

test.each([
  ['/v1/things/ABC?limit=1', 'invalid_params', '/id'], ['/v1/things/abc?limit=99', 'invalid_params', '/limit'], ['/v1/things/abc', 'invalid_params', '/'],
  ['/v1/things/abc?limit=1&limit=2', 'invalid_params', '/limit'], ['/v1/things/abc?limit=1e1', 'invalid_params', '/limit'], ['/v1/things/abc?limit=1&deep=yes', 'invalid_params', '/deep'],
  ['/v1/things/abc?limit=1&other=1', 'invalid_params', '/'], ['/v1/things/%00?limit=1', 'invalid_params', undefined], ['/v1/things/%zz?limit=1', 'invalid_params', undefined],
  ['/v1/things/abc?limit=1&__proto__=x', 'invalid_params', '/'],
])('GET %s is refused', async (path, code, place) => {
  await serve();
  const body = await told(await fetch(service.url + path, { headers: as('viewer') }));
  expect([body.code, body.errors?.[0]?.path]).toEqual([code, place]);
});

test.each([
  ['no JSON', '{', json, 400, 'not_json'], ['nothing', '', json, 400, 'not_json'], ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), json, 400, 'not_json'],
  ['another type', 'a=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported_media'], ['another charset', '{}', { 'content-type': 'application/json; charset=utf-16' }, 415, 'unsupported_media'],
  ['brotli', '{}', { ...json, 'content-encoding': 'br' }, 415, 'unsupported_media'], ['a wrong field', '{"a":1}', json, 400, 'invalid_body'], ['an unknown field', '{"a":"x","zzz":1}', json, 400, 'invalid_body'],
  ['33 levels', '['.repeat(33), json, 400, 'too_deep'], ['1001 bytes', `{"a":"${'x'.repeat(993)}"}`, json, 413, 'too_large'], ['10 MB', 'x'.repeat(10_485_760), json, 413, 'too_large'],
  ['a gzip bomb', Uint8Array.from(gzipSync(Buffer.alloc(1_000_000))), { ...json, 'content-encoding': 'gzip' }, 413, 'too_large'], ['broken gzip', 'xx', { ...json, 'content-encoding': 'gzip' }, 400, 'bad_request'],
  ['U+0000', '{"a":"\\u0000"}', json, 400, 'invalid_body'], ['half a character', '{"a":"\\ud800"}', json, 400, 'invalid_body'], ['__proto__', '{"a":"x","__proto__":{}}', json, 400, 'invalid_body'],
  ['__proto__ in disguise', '{"a":"x","\\u005f_proto__":{}}', json, 400, 'invalid_body'], ['a list', '[]', json, 400, 'invalid_body'],
])('a body that is %s is refused', async (_, body, headers, status, code) => {
  await serve();
  const answer = await post('/v1/things', body, headers);
  expect([(await told(answer)).code, answer.status]).toEqual([code, status]);
  expect(asked).toBeUndefined();
  expect((await fetch(`${service.url}/v1/open`)).status).toBe(200);
});

test('brackets inside of texts are no levels, 32 levels are allowed, and 10,000 cost nothing', async () => {
  await serve();
  expect((await told(await post('/v1/things', `${'['.repeat(32)}${']'.repeat(32)}`))).code).toBe('invalid_body');
  expect((await post('/v1/things', JSON.stringify({ a: `\\"${'['.repeat(100)}` }))).status).toBe(201);
  const key = { ...json, authorization: `Bearer ${kit.workloadKey}` };
  const began = performance.now();
  expect((await told(await post('/v1/take', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, key))).code).toBe('too_deep');
  expect(performance.now() - began).toBeLessThan(200);
});

test('a field named __proto__ is refused even where any field is welcome', async () => {
  await serve();
  const key = { ...json, authorization: `Bearer ${kit.workloadKey}` };
  for (const text of ['{"__proto__":{"admin":true}}', '{"a":[{"\\u005f_proto__":1}]}']) expect((await told(await post('/v1/take', text, key))).code).toBe('invalid_body');
  expect((await post('/v1/take', '{"proto":"\\u0000"}', key)).status).toBe(200);
});

test('the errors name all places and never repeat a value', async () => {
  await serve();
  const text = await (await post('/v1/things', '{"b":"hunter2","zzz":"hunter2"}')).text();
  expect(text).not.toMatch(/hunter2/);
  expect((JSON.parse(text) as { errors: unknown }).errors).toEqual([
    { path: '/', message: 'must have required property \'a\'' }, { path: '/', message: 'must NOT have additional properties: "zzz"' }, { path: '/b', message: 'must be equal to one of the allowed values: "x", "y"' },
  ]);
});

test('an endless chunked body is cut off, and the refusal still arrives', async () => {
  await serve();
  const chunk = `3E8\r\n${'x'.repeat(1000)}\r\n`;
  const heard = await speak(`POST /v1/things HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n${chunk.repeat(50)}0\r\n\r\n`);
  expect(heard).toMatch(/^HTTP\/1.1 413 /);
  expect(heard).toMatch(/"code":"too_large"/);
});

test('a body that is announced but not wanted is refused without being sent; one that is wanted is asked for', async () => {
  await serve();
  const head = (length: number) => `POST /v1/things HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n`;
  expect(await speak(head(5_000_000), { end: true })).toMatch(/^HTTP\/1.1 413 /);
  expect(await speak(`${head(9)}{"a":"x"}`)).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 201 /);
});

test('a slow body is given up with 408, a slow header as well; others are answered meanwhile', async () => {
  await serve({}, { limits: { arrivalMs: 300 } });
  const slow = speak('POST /v1/things HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a":');
  const slower = speak('GET /v1/open HT');
  expect((await fetch(`${service.url}/v1/open`)).status).toBe(200);
  expect(await slow).toMatch(/^HTTP\/1.1 408 [^]*"code":"request_timeout"/);
  expect(await slower).toMatch(/^HTTP\/1.1 408 /);
}, 10_000);

test('a body that breaks off reaches no handler', async () => {
  await serve();
  await speak('POST /v1/things HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a":"x"}', { end: true });
  expect((await fetch(`${service.url}/v1/open`)).status).toBe(200);
  expect(asked?.body).toBeUndefined();
});

test.each([
  ['rubbish', 'hello\r\n\r\n', 400, 'bad_request'], ['huge headers', `GET /v1/open HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431, 'headers_too_large'],
  ['no Host', 'GET /v1/open HTTP/1.1\r\n\r\n', 400, 'bad_request'],
  ['two lengths', 'POST /v1/things HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab', 400, 'bad_request'],
  ['length and chunks (smuggling)', 'POST /v1/things HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n', 400, 'bad_request'],
])('%s is answered by a problem', async (_, text, status, code) => {
  await serve();
  const heard = await speak(text);
  expect(heard).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(heard).toMatch(new RegExp(`"code":"${code}"`));
});

test('unknown paths are 404, wrong methods 405 with Allow; a path has one spelling', async () => {
  await serve();
  for (const path of ['/nope', '/v1/things/', '/V1/open', '/v1/open/']) expect((await told(await fetch(service.url + path))).code).toBe('not_found');
  const wrong = await fetch(`${service.url}/v1/things/abc`, { method: 'PUT' });
  expect([wrong.headers.get('allow'), (await told(wrong)).code]).toEqual(['GET, HEAD, DELETE', 'method_not_allowed']);
  expect((await fetch(`${service.url}/v1/open`, { method: 'HEAD' })).status).toBe(200);
});

test('a fault of the handler is `internal`: nothing of it goes out, all of it into the log, under the same trace', async () => {
  await serve({ open: () => Promise.reject(new Error('hunter2 at /srv/app.ts')) });
  const answer = await fetch(`${service.url}/v1/open`);
  const body = await told(answer);
  expect([answer.status, body.code, body.traceId]).toEqual([500, 'internal', answer.headers.get('trace-id')]);
  expect(JSON.stringify(body)).not.toMatch(/hunter2|app\.ts/);
  expect(kit.lines.find(({ level }) => level === 'error')).toMatchObject({ trace_id: body.traceId, error: { message: 'hunter2 at /srv/app.ts' } });
  const [span] = await kit.spans();
  expect([span?.name, span?.spanContext().traceId, span?.status.code, span?.attributes['error.type']]).toEqual(['GET /v1/open', body.traceId, 2, 'internal']);
});

test('every answered request is one line in its server span: template, method, status and duration, never ids, queries or bodies', async () => {
  const logs = new InMemoryLogRecordExporter();
  const spans = new InMemorySpanExporter();
  await serve({ open: () => Promise.reject(problem('unavailable', 'Away.')) }, { exporters: { spans, logs } });
  await fetch(`${service.url}/v1/things/secretid?limit=5`, { headers: as('viewer') });
  await post('/v1/things', '{"zzz":"secretid"}');
  await fetch(`${service.url}/secretid`);
  await fetch(`${service.url}/v1/open`);
  await fetch(`${service.url}/livez`);
  await post('/v1/take', '{}', { ...json, authorization: `Bearer ${kit.workloadKey}` });
  await kit.telemetry.flush();
  const lines = kit.lines.filter(({ route }) => route !== undefined);
  const ms: unknown = expect.any(Number);
  expect(lines).toEqual([
    { level: 'info', message: 'GET /v1/things/:id answered 200', method: 'GET', route: '/v1/things/:id', status: 200 },
    { level: 'info', message: 'POST /v1/things answered 400', method: 'POST', route: '/v1/things', status: 400, code: 'invalid_body' },
    { level: 'info', message: 'GET none answered 404', method: 'GET', route: 'none', status: 404, code: 'not_found' },
    { level: 'error', message: 'GET /v1/open answered 503', method: 'GET', route: '/v1/open', status: 503, code: 'unavailable' },
  ].map((line) => ({ ...line, ms, time: expect.any(String), 'service.name': 'thing', trace_id: expect.any(String), span_id: expect.any(String) })));
  expect(JSON.stringify(lines)).not.toMatch(/secretid/);
  const served = spans.getFinishedSpans().map((one) => one.spanContext().spanId);
  expect(lines.map(({ span_id: id }) => id)).toEqual(served);
  const sent = logs.getFinishedLogRecords().filter(({ attributes }) => attributes['route'] !== undefined);
  expect(sent.map(({ spanContext }) => spanContext?.spanId)).toEqual(served);
});

test('a service continues a trace; a door begins its own and links to the other', async () => {
  const [known, stranger] = ['c'.repeat(32), '1'.repeat(16)];
  for (const ownTraces of [false, true]) {
    await serve({}, {}, { ownTraces });
    const answer = await fetch(`${service.url}/v1/open`, { headers: { traceparent: `00-${known}-${stranger}-01` } });
    await fetch(`${service.url}/v1/open`, { headers: { traceparent: 'rubbish' } });
    const [first, second] = await kit.spans();
    expect(answer.headers.get('trace-id') === known).toBe(!ownTraces);
    expect([first?.parentSpanContext?.spanId, first?.links.map(({ context }) => context.traceId)]).toEqual(ownTraces ? [undefined, [known]] : [stranger, []]);
    expect([second?.parentSpanContext, second?.links]).toEqual([undefined, []]);
    if (!ownTraces) { await service.stop(); await kit.close(); }
  }
});

test('a Problem of the handler goes out as it is, with its headers', async () => {
  await serve({ open: () => Promise.reject(problem('rate_limited', 'Slow down.', { headers: { 'retry-after': '7' } })) });
  const answer = await fetch(`${service.url}/v1/open`);
  expect([answer.status, answer.headers.get('retry-after'), (await told(answer)).detail]).toEqual([429, '7', 'Slow down.']);
});

test('a handler that never comes back is given up, and told so', async () => {
  let aborted: unknown;
  await serve({ open: ({ signal }) => new Promise(() => { signal.addEventListener('abort', () => { aborted = signal.reason; }); }) }, { limits: { requestMs: 50 } });
  const answer = await fetch(`${service.url}/v1/open`);
  expect([answer.status, (await told(answer)).detail]).toEqual([503, 'thing did not finish within 50 ms.']);
  expect(aborted).toMatchObject({ code: 'unavailable' });
});

test('a caller that leaves aborts the signal', async () => {
  const left = Promise.withResolvers<unknown>();
  const begun = Promise.withResolvers<void>();
  await serve({ open: ({ signal }) => { begun.resolve(); return new Promise((resolve) => { signal.addEventListener('abort', () => { left.resolve(signal.reason); resolve({ status: 200, body: {} }); }); }); } });
  const caller = new AbortController();
  const call = fetch(`${service.url}/v1/open`, { signal: caller.signal }).catch(() => undefined);
  await begun.promise;
  caller.abort();
  await call;
  expect(String(await left.promise)).toMatch(/caller has gone/);
  expect(kit.lines.find(({ code }) => code === 'caller_gone')).toMatchObject({ message: 'GET /v1/open was left by its caller', span_id: expect.stringMatching(/./) });
});

test.each<[string, Answer, RegExp]>([
  ['a field too many', { status: 200, body: { id: 'x', more: 1 } }, /must NOT have additional properties: "more"/], ['a status too many', { status: 202, body: {} }, /answered 202, which/],
  ['no body', { status: 200 }, /does not allow/],
])('an answer with %s is caught in tests', async (_, wrong, message) => {
  await serve({ read: () => Promise.resolve(wrong) });
  expect((await told(await fetch(`${service.url}/v1/things/abc?limit=1`, { headers: as('viewer') }))).detail).toMatch(message);
});

test('a body where the contract has none is caught; dates are compared as they are sent', async () => {
  await serve({ remove: () => Promise.resolve({ status: 204, body: {} }), open: () => Promise.resolve({ status: 200, body: { at: new Date(0) } }) });
  expect((await fetch(`${service.url}/v1/things/abc`, { method: 'DELETE', headers: as('admin') })).status).toBe(500);
  expect((await fetch(`${service.url}/v1/open`)).status).toBe(200);
});

test('a contract whose schema is wrong, or that nobody answers, stops the start', async () => {
  await serve();
  const bad = { method: 'get', path: '/', about: '', access: 'anyone', query: { type: 'objekt' }, answers: {} } as const;
  const [wrong, unanswered] = [testKit({ ...thing, routes: { bad } }), testKit({ ...thing, routes: { bad } })];
  await expect(start(wrong, { handlers: { bad: () => Promise.resolve({ status: 200 }) }, ready: {}, stop: () => Promise.resolve() })).rejects.toThrow(/schema is invalid/);
  await expect(start(unanswered, { handlers: {} as never, ready: {}, stop: () => Promise.resolve() })).rejects.toThrow(/thing.bad is in the contract, but no handler/);
  await Promise.all([wrong.close(), unanswered.close()]);
});

test('middleware runs for every route and mounted paths are answered before the 404', async () => {
  await serve({}, {}, {
    middleware: [(_request, response, next) => { response.set('x-middle', 'yes'); next(); }],
    mount: (express) => { express.get('/v1/mounted', (_request, response) => { response.json({}); }); },
  });
  const answers = await Promise.all(['/v1/open', '/v1/mounted', '/nope'].map((path) => fetch(service.url + path)));
  expect(answers.map(({ status, headers }) => [status, headers.get('x-middle')])).toEqual([[200, 'yes'], [200, 'yes'], [404, 'yes']]);
});
