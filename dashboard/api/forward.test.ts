import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterEach, expect, test } from '@jest/globals';
import { forward } from './forward.ts';

const own = { 'sec-fetch-site': 'same-origin', 'x-requested-with': 'journey', 'content-type': 'application/json' };
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

test('passes method, path, query, body, cookie and the chosen headers; nothing else', async () => {
  const seen: { request?: IncomingMessage; body?: string } = {};
  const gateway = await upstream((request, response) => {
    seen.request = request;
    request.on('data', (part: Buffer) => { seen.body = (seen.body ?? '') + part.toString(); });
    request.on('end', () => {
      response.writeHead(202, {
        'content-type': 'application/json', 'trace-id': 'abc', 'ratelimit-policy': '"person";q=9;w=1', 'x-powered-by': 'x', 'connection': 'close', 'set-cookie': ['a=1; HttpOnly', 'b=2'],
      }).end('{"ok":true}');
    });
  });
  const answer = await forward(request('POST', '/api/v1/deployments?x=1', {
    ...own, cookie: 'session=s', 'idempotency-key': 'k', authorization: 'Bearer stolen', 'x-forwarded-user': 'root', origin: 'http://app.test',
  }, '{"a":1}'), gateway);
  expect(seen.request).toMatchObject({ method: 'POST', url: '/v1/deployments?x=1' });
  expect(seen.request?.headers).toMatchObject({ cookie: 'session=s', 'idempotency-key': 'k', 'x-requested-with': 'journey', 'sec-fetch-site': 'same-origin', origin: 'http://app.test', 'x-forwarded-host': 'app.test' });
  expect(seen.request?.headers).not.toHaveProperty('authorization');
  expect(seen.request?.headers).not.toHaveProperty('x-forwarded-user');
  expect(seen.body).toBe('{"a":1}');
  expect(answer.status).toBe(202);
  expect(answer.headers.getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2']);
  expect(Object.fromEntries(answer.headers)).toMatchObject({ 'trace-id': 'abc', 'ratelimit-policy': '"person";q=9;w=1', 'cache-control': 'no-store', 'content-type': 'application/json' });
  expect(answer.headers.has('x-powered-by')).toBe(false);
  expect(await answer.json()).toEqual({ ok: true });
});

test.each([
  ['a route that answers with a token', 'POST', '/api/v1/tokens'],
  ['an internal route', 'POST', '/api/v1/decisions'],
  ['a wrong method', 'DELETE', '/api/v1/deployments'],
  ['health', 'GET', '/api/livez'],
  ['an escaped slash', 'GET', '/api/v1/journeys/..%2fdecisions'],
  ['an escaped dot', 'GET', '/api/v1/settings/%2e%2e/x'],
  ['a path above', 'GET', '/api/v1/../metrics'],
  ['an absolute URL', 'GET', '/api//evil.example/v1/workloads'],
])('refuses %s without asking the gateway', async (_, method, path) => {
  const asked: string[] = [];
  const gateway = await upstream((request, response) => { asked.push(request.url ?? ''); response.end(); });
  const answer = await forward(request(method, path, own), gateway);
  expect([answer.status, asked]).toEqual([404, []]);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
});

test.each([
  ['another site', { ...own, 'sec-fetch-site': 'cross-site' }],
  ['a sibling', { ...own, 'sec-fetch-site': 'same-site' }],
  ['a form, which cannot set the header', { 'sec-fetch-site': 'same-origin' }],
])('refuses what %s sends', async (_, headers) => {
  const answer = await forward(request('POST', '/api/v1/deployments', headers, '{}'), new URL('http://127.0.0.1:1'));
  expect(answer.status).toBe(403);
});

test('refuses a body over the route\'s limit', async () => {
  const answer = await forward(request('POST', '/api/v1/sessions', own, 'x'.repeat(4097)), new URL('http://127.0.0.1:1'));
  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ code: 'too_large', detail: expect.stringContaining('4096') });
});

test('names the gateway when it is away', async () => {
  const answer = await forward(request('GET', '/api/v1/workloads', own), new URL('http://127.0.0.1:1'));
  expect(answer.status).toBe(502);
  expect(await answer.json()).toMatchObject({ code: 'upstream_unavailable', at: 'gateway', fix: expect.stringContaining('./journey') });
});

test('names the gateway when it is late, and when it sends too much', async () => {
  const silent = await upstream(() => {});
  const late = await forward(request('GET', '/api/v1/workloads', own), silent, { timeoutMs: 50, answerBytes: 100 });
  expect(await late.json()).toMatchObject({ status: 502, code: 'upstream_timeout', at: 'gateway' });
  const loud = await upstream((_, response) => { response.end('x'.repeat(101)); });
  const large = await forward(request('GET', '/api/v1/workloads', own), loud, { timeoutMs: 5000, answerBytes: 100 });
  expect(await large.json()).toMatchObject({ status: 502, title: 'The answer is too large' });
});

test('a redirect is handed on, not followed; an empty answer stays empty', async () => {
  const gateway = await upstream((_, response) => { response.writeHead(302, { location: '/v1/elsewhere' }).end(); });
  const answer = await forward(request('GET', '/api/v1/workloads', own), gateway);
  expect([answer.status, answer.headers.get('location'), await answer.text()]).toEqual([302, '/v1/elsewhere', '']);
});

test('a stream is handed on as it comes, however long and large, with where the browser left off', async () => {
  let response: ServerResponse | undefined;
  const seen: IncomingMessage[] = [];
  const gateway = await upstream((asked, answered) => {
    seen.push(asked);
    response = answered.writeHead(200, { 'content-type': 'text/event-stream', 'trace-id': 'abc', 'cache-control': 'x' });
    response.write('retry: 2000\n\n');
  });
  const answer = await forward(request('GET', '/api/v1/environments/local/events', { ...own, 'last-event-id': '7' }), gateway, { timeoutMs: 300, answerBytes: 10 });
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control'), answer.headers.get('trace-id')]).toEqual([200, 'text/event-stream', 'no-store, no-transform', 'abc']);
  expect(seen[0]?.headers['last-event-id']).toBe('7');
  const reader = reading(answer);
  expect(await reader.next()).toBe('retry: 2000\n\n');
  await new Promise((resolve) => { setTimeout(resolve, 400); });
  response?.write('data: 1\n\n');
  expect(await reader.next()).toBe('data: 1\n\n');
  response?.end('data: 2\n\n');
  expect([await reader.next(), await reader.next()]).toEqual(['data: 2\n\n', undefined]);
});

test('when the browser leaves, before the head or after it, the gateway sees it', async () => {
  const closed: string[] = [];
  const gone = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const gateway = await upstream((incoming, response) => {
    const [name = ''] = [incoming.headers['last-event-id']].flat();
    response.on('close', () => { if (closed.push(name) === 2) gone.resolve(); });
    if (name === 'after') response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':\n\n');
    else asked.resolve();
  });
  const events = (name: string, signal?: AbortSignal) => forward(new Request('http://app.test/api/v1/environments/local/events', { headers: { ...own, 'last-event-id': name }, ...(signal && { signal }) }), gateway);
  const left = new AbortController();
  const before = events('before', left.signal);
  await asked.promise;
  left.abort();
  expect((await before).status).toBe(502);
  const reader = reading(await events('after'));
  expect(await reader.next()).toBe(':\n\n');
  await reader.leave();
  await gone.promise;
  expect(closed).toEqual(['before', 'after']);
});

test('a stream that does not begin in time, and a refusal of one, are answers like any other', async () => {
  const gateway = await upstream((incoming, response) => {
    if (incoming.url?.includes('/local/')) return;
    response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '10' }).end('{"code":"unavailable"}');
  });
  const events = (environment: string) => forward(request('GET', `/api/v1/environments/${environment}/events`, own), gateway, { timeoutMs: 50, answerBytes: 100 });
  expect(await (await events('local')).json()).toMatchObject({ code: 'upstream_timeout', at: 'gateway' });
  const refused = await events('dev');
  expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([503, '10', { code: 'unavailable' }]);
});

const lines = { 'content-type': 'application/x-ndjson', 'content-disposition': 'attachment; filename="logs.ndjson"' };
const large = Buffer.from(`{"message":"${'x'.repeat(64 * 1024 - 15)}"}\n`);

test('an export of more than 8 MiB arrives whole, and as the file that it is', async () => {
  const count = 160;
  const gateway = await upstream((_, response) => {
    response.writeHead(200, lines);
    void pipeline(Readable.from(Array.from({ length: count }, () => large)), response);
  });
  const answer = await forward(request('GET', '/api/v1/logs/export', own), gateway);
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition'), answer.headers.get('cache-control')]).toEqual([200, 'application/x-ndjson', 'attachment; filename="logs.ndjson"', 'no-store, no-transform']);
  const text = await answer.text();
  expect(text.length).toBe(count * large.length);
  expect(text.length).toBeGreaterThan(8 * 1024 * 1024);
});

test('a browser that takes nothing holds up an export, not the memory; one that leaves ends it', async () => {
  const written = { bytes: 0 };
  const gone = Promise.withResolvers<void>();
  const gateway = await upstream((_, response) => {
    response.on('close', gone.resolve).writeHead(200, lines);
    void pipeline(Readable.from(endless(written)), response).catch(() => {});
  });
  const answer = await forward(request('GET', '/api/v1/logs/export', own), gateway);
  expect(answer.status).toBe(200);
  const reader = answer.body?.getReader();
  await reader?.read();
  const before = process.memoryUsage().arrayBuffers;
  await settled(written);
  // Only what the sockets of both sides hold; without back-pressure it would never settle.
  expect(written.bytes).toBeLessThan(16 * 1024 * 1024);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
  await reader?.cancel();
  await gone.promise;
});

/** Lines without an end; counts what has been asked for. */
function* endless(written: { bytes: number }): Generator<Buffer, void, void> {
  for (;; written.bytes += large.length) yield large;
}

/** Resolves when nothing has been written for a while. @throws Error when it goes on and on */
async function settled(written: { readonly bytes: number }): Promise<void> {
  for (let looks = 0, same = 0, before = -1; looks < 40; looks++) {
    same = written.bytes === before ? same + 1 : 0;
    if (same === 3) return;
    before = written.bytes;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error(`It goes on after ${written.bytes} bytes.`);
}

function reading(answer: Response) {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  return { next: async () => (await reader?.read())?.value, leave: () => reader?.cancel() };
}

function request(method: string, path: string, headers: Record<string, string>, body?: string): Request {
  return new Request(`http://app.test${path}`, { method, headers, ...(body !== undefined && { body }) });
}

async function upstream(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<URL> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  stops.push(() => new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  }));
  const address = server.address();
  return new URL(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
}
