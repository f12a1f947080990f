import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Endpoint } from './contract.ts';
import { start } from './start.ts';
import { span, traceparent } from './telemetry.ts';
import { testKit, type TestKit } from './test/kit.ts';
import { thing } from './test/thing.ts';

let kit: TestKit<typeof thing>;
let server: Server;
let answer: RequestListener = (_, response) => { response.end(); };
let endpoint: Endpoint;
beforeAll(async () => {
  kit = testKit(thing);
  server = createServer((request, response) => { answer(request, response); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  endpoint = { service: 'other', url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/base/`), reference: 'thing.OTHER_URL' };
});
afterEach(() => { server.closeAllConnections(); });
afterAll(async () => {
  await kit.close();
  await new Promise((resolve) => { server.close(resolve); });
});
const reply = (status: number, body: string, headers = {}) => { answer = (_, response) => { response.writeHead(status, headers).end(body); }; };
const get = { method: 'GET', path: '/x?y=1' } as const;

test('a call carries its body, the token and the trace, and is a client span with the reference', async () => {
  const heard = Promise.withResolvers<Record<string, unknown>>();
  answer = (request, response) => {
    let body = '';
    request.on('data', (data: Buffer) => { body += data.toString(); }).on('end', () => {
      heard.resolve({ method: request.method, url: request.url, body, ...request.headers });
      response.setHeader('x-list', ['a', 'b']).writeHead(201).end('{"ok":true}');
    });
  };
  const carried = Promise.withResolvers<string | undefined>();
  const got = await span('outer', { kind: 'internal' }, async () => {
    carried.resolve(traceparent());
    return await kit.call(endpoint, { method: 'POST', path: '/things', body: { a: 1 }, token: 'abc', headers: { 'idempotency-key': 'k' } });
  });
  expect(got).toMatchObject({ status: 201, body: { ok: true }, headers: { 'x-list': 'a, b' } });
  const request = await heard.promise;
  expect(request).toMatchObject({ method: 'POST', url: '/base/things', body: '{"a":1}', authorization: 'Bearer abc', 'content-type': 'application/json', 'idempotency-key': 'k' });
  const client = (await kit.spans()).find(({ name }) => name === 'POST other');
  expect(client?.attributes).toMatchObject({ 'journey.reference': 'thing.OTHER_URL', 'http.response.status_code': 201, 'url.path': '/things', 'peer.service': 'other' });
  expect(request['traceparent']).toBe(`00-${client?.spanContext().traceId}-${client?.spanContext().spanId}-01`);
  expect((await carried.promise)?.slice(3, 35)).toBe(client?.spanContext().traceId);
});

test('an empty answer has no body', async () => {
  reply(204, '');
  expect(await kit.call(endpoint, get)).toMatchObject({ status: 204, body: undefined });
});

test('nobody there: upstream_unavailable, and the service is named', async () => {
  await expect(kit.call({ ...endpoint, url: new URL('http://127.0.0.1:1') }, get)).rejects.toMatchObject({ code: 'upstream_unavailable', at: 'other', detail: 'other cannot be reached.' });
  const failed = (await kit.spans()).at(-1);
  expect([failed?.status.code, failed?.attributes['error.type']]).toEqual([2, 'upstream_unavailable']);
});

test('no answer in time, and half an answer in time: upstream_timeout', async () => {
  answer = () => undefined;
  await expect(kit.call(endpoint, { ...get, timeoutMs: 50 })).rejects.toMatchObject({ code: 'upstream_timeout', at: 'other' });
  answer = (_, response) => { response.write('{"a":'); };
  await expect(kit.call(endpoint, { ...get, timeoutMs: 50 })).rejects.toMatchObject({ code: 'upstream_timeout' });
});

test('a caller that gives up ends the call', async () => {
  const gone = new AbortController();
  answer = () => { gone.abort(); };
  await expect(kit.call(endpoint, { ...get, signal: gone.signal })).rejects.toMatchObject({ code: 'upstream_timeout', at: 'other' });
});

test.each<[string, () => void, RegExp]>([
  ['no JSON', () => reply(200, '<html>'), /not JSON/], ['too much', () => reply(200, `"${'x'.repeat(2000)}"`), /more than 1000 bytes/], ['an error that is no problem', () => reply(418, '{}'), /answered 418 in a way/],
  ['a code of its own', () => reply(400, '{"code":"toString","detail":"x"}'), /answered 400/], ['an error that is text', () => reply(500, '"x"'), /answered 500/],
  ['a broken connection', () => { answer = (request) => { request.socket.destroy(); }; }, /cannot be reached/], ['a redirect', () => reply(302, '', { location: 'http://evil' }), /answered 302/],
])('%s: upstream_unavailable', async (_, arrange, detail) => {
  arrange();
  await expect(kit.call(endpoint, { ...get, maxBytes: 1000 })).rejects.toMatchObject({ code: 'upstream_unavailable', at: 'other', detail: expect.stringMatching(detail) });
});

test('a problem of the other service is passed on as it is; `at` keeps the place where the journey ended', async () => {
  reply(409, JSON.stringify({ code: 'frozen', detail: 'It is frozen.', fix: 'Thaw it.' }));
  await expect(kit.call(endpoint, get)).rejects.toMatchObject({ code: 'frozen', status: 409, detail: 'It is frozen.', fix: 'Thaw it.', at: 'other' });
  reply(502, JSON.stringify({ code: 'upstream_unavailable', detail: 'auth cannot be reached.', at: 'auth' }));
  await expect(kit.call(endpoint, get)).rejects.toMatchObject({ code: 'upstream_unavailable', at: 'auth' });
});

test('through two services: one trace, the second span below the call of the first', async () => {
  const inner = testKit(thing);
  const ok = () => Promise.resolve({ status: 200, body: {} });
  const behind = await start(inner, { handlers: { read: ok, write: ok, remove: ok, take: ok, open: ok }, ready: {}, stop: () => Promise.resolve() });
  const outer = testKit(thing, { OTHER_URL: behind.url });
  const open = async () => await outer.call(outer.env.OTHER_URL, { method: 'GET', path: '/v1/open' });
  const front = await start(outer, { handlers: { read: ok, write: ok, remove: ok, take: ok, open }, ready: {}, stop: () => Promise.resolve() });
  const parent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  const got = await fetch(`${front.url}/v1/open`, { headers: { traceparent: parent } });
  expect([got.status, got.headers.get('trace-id')]).toEqual([200, 'a'.repeat(32)]);
  const [call, served] = await outer.spans();
  const [below] = await inner.spans();
  expect([served?.parentSpanContext?.spanId, call?.parentSpanContext?.spanId, below?.parentSpanContext?.spanId]).toEqual(['b'.repeat(16), served?.spanContext().spanId, call?.spanContext().spanId]);
  expect([call, served, below].map((one) => one?.spanContext().traceId)).toEqual(Array.from({ length: 3 }, () => 'a'.repeat(32)));
  const other = await fetch(`${front.url}/v1/open`, { headers: { traceparent: '00-rubbish' } });
  expect(other.headers.get('trace-id')).toMatch(/^(?!a{32})[0-9a-f]{32}$/);
  await front.stop();
  await behind.stop();
  await Promise.all([outer.close(), inner.close()]);
});
