import { afterEach, expect, test } from '@jest/globals';
import { connect, type Socket } from 'node:net';
import { contract } from './contract.ts';
import type { ServerEvent } from './event-stream.ts';
import { textOf } from './event-stream.ts';
import type { App, Limits, RouteRequest } from './kit.ts';
import { openLatest } from './latest.ts';
import { start, type Started } from './start.ts';
import { openEvents, type OpenEvents } from './test/events.ts';
import { testKit, type TestKit } from './test/kit.ts';
import { until } from './test/until.ts';

const feed = contract({
  name: 'feed', about: 'A service for tests.', ports: { http: 8080, metrics: 9090 }, env: {},
  routes: {
    events: { method: 'get', path: '/v1/feeds/:id/events', about: 'What happens.', access: 'viewer', stream: true, answers: { 200: null, 204: null } },
    once: { method: 'get', path: '/v1/once', about: 'One answer.', access: 'anyone', answers: { 200: null } },
  },
});
type Feed = typeof feed;
let kit: TestKit<Feed>;
let service: Started;
let opened: OpenEvents[] = [];
/** Iterators that are open. */
let open = 0;
afterEach(async () => {
  for (const one of opened) one.leave();
  opened = [];
  await service.stop();
  await kit.close();
  expect(kit.streams.open).toBe(0);
  expect(open).toBe(0);
});

async function serve(events: App<Feed>['handlers']['events'], limits: Partial<Limits> = {}): Promise<void> {
  kit = testKit(feed, {}, { limits });
  service = await start(kit, { handlers: { events, once: async () => ({ status: 200, events: counted([]) }) }, ready: {}, stop: () => Promise.resolve() });
}
async function listen(who = 'ada', headers: Record<string, string> = {}): Promise<OpenEvents> {
  const one = await openEvents(`${service.url}/v1/feeds/a/events`, { authorization: `Bearer ${kit.tokenFor(who, 'viewer')}`, ...headers });
  opened.push(one);
  return one;
}
/** An iterable of these events, then (`hold`) of nothing until it is closed. */
function counted(events: Iterable<ServerEvent> | AsyncIterable<ServerEvent>, hold?: AbortSignal): AsyncIterable<ServerEvent> {
  return (async function* () {
    open += 1;
    try {
      yield* events;
      if (hold && !hold.aborted) await new Promise((resolve) => { hold.addEventListener('abort', resolve); });
    } finally {
      open -= 1;
    }
  })();
}
const streamed = () => kit.lines.filter((line) => String(line['message']).includes('streamed until'));

test('events flow at once, each with its fields, data as one line, after the time to come back', async () => {
  let asked: RouteRequest | undefined;
  await serve(async (request) => {
    asked = request;
    return { status: 200, events: counted([{ data: { text: 'one\ntwo\r\u2028three' } }, { id: '7', event: 'state', data: null }], request.signal) };
  });
  const one = await listen('ada', { 'last-event-id': '6' });
  expect([one.status, one.headers['content-type'], one.headers['cache-control']]).toEqual([200, 'text/event-stream', 'no-store, no-transform']);
  await one.until(3);
  expect(one.text).toBe('retry: 2000\n\ndata: {"text":"one\\ntwo\\r\u2028three"}\n\nid: 7\nevent: state\ndata: null\n\n');
  expect(asked?.header('last-event-id')).toBe('6');
  expect(kit.streams.open).toBe(1);
});

test.each([{ id: 'a\nb', data: 1 }, { event: 'a\rdata: forged', data: 1 }, { id: '\0', data: 1 }, { data: undefined }])('an event that would become another is not written: %j', (event) => {
  expect(() => textOf(event as ServerEvent)).toThrow(/event/);
});

test('who leaves ends the iterator, and one line says how long it was', async () => {
  await serve(async ({ signal }) => ({ status: 200, events: counted([{ data: 1 }], signal) }));
  const one = await listen();
  await one.until(2);
  expect(open).toBe(1);
  one.leave();
  await until('the iterator is closed', () => open === 0 && streamed().length === 1);
  expect(streamed()).toMatchObject([{ method: 'GET', route: '/v1/feeds/:id/events', end: 'the caller has gone', ms: expect.any(Number), trace_id: one.headers['trace-id'] }]);
});

test('an iterator that listens to no signal is closed all the same', async () => {
  let returned = 0;
  await serve(async () => ({ status: 200, events: { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined), return: async () => { returned += 1; return { done: true, value: undefined }; } }) } }));
  const one = await listen();
  await one.until(1);
  one.leave();
  await until('it is closed', () => returned === 1 && kit.streams.open === 0);
});

test('the span and the figures end with the first byte, not with the stream', async () => {
  await serve(async ({ signal }) => ({ status: 200, events: counted([{ data: 1 }], signal) }));
  const one = await listen();
  await one.until(2);
  expect(await kit.spans()).toMatchObject([{ name: 'GET /v1/feeds/:id/events', attributes: { 'http.response.status_code': 200 } }]);
  const figures = await kit.metrics.metrics();
  expect(figures).toMatch(/http_server_request_duration_seconds_count\{[^}]*http_route="\/v1\/feeds\/:id\/events"[^}]*\} 1\n/);
  expect(figures).toContain('http_server_active_streams{service_name="feed"} 1');
});

test('a stream outlives the time that other requests have, with signs of life', async () => {
  await serve(async ({ signal }) => ({ status: 200, events: counted([], signal) }), { requestMs: 60, arrivalMs: 60, heartbeatMs: 50 });
  const one = await listen();
  await one.until(5);
  // Named, since a page is told of no comments; without an id, so that it goes on after the last event.
  expect(one.text).toBe(`retry: 2000\n\n${'event: beat\ndata: 50\n\n'.repeat(4)}`);
  expect(one.ended).toBe(false);
});

test('a handler that does not come to its first event is given up like any other', async () => {
  await serve(() => new Promise(() => undefined), { requestMs: 50 });
  expect((await listen()).status).toBe(503);
});

test('a stream without more events ends; one whose source fails is cut, and the log says why', async () => {
  await serve(async () => ({ status: 200, events: counted([{ data: 1 }]) }));
  const whole = await listen();
  expect(await whole.end).toBe('ended');
  await until('the line of the log', () => streamed().length === 1);
  expect(streamed()).toMatchObject([{ end: 'its events ended' }]);
  await service.stop();
  await kit.close();
  const full = Promise.withResolvers<never>();
  await serve(async () => ({ status: 200, events: counted((async function* () { yield { data: 1 }; await full.promise; })()) }));
  const broken = await listen();
  await broken.until(2);
  full.reject(new Error('the disk is full'));
  expect(await broken.end).toBe('cut');
  await until('the line of the log', () => streamed().length === 1);
  expect(streamed()).toMatchObject([{ end: 'its source failed' }]);
  expect(kit.lines.find((line) => line['level'] === 'error')).toMatchObject({ code: 'internal', error: { message: 'the disk is full' } });
});

test.each([false, true])('stopping ends streams at once (gently: %j)', async (gently) => {
  await serve(async ({ signal }) => ({ status: 200, events: counted([{ data: 1 }], signal) }));
  const one = await listen();
  await one.until(2);
  const began = performance.now();
  await service.stop({ gently });
  expect(performance.now() - began).toBeLessThan(1000);
  expect(await one.end).toBe('ended');
  expect(streamed()).toMatchObject([{ end: 'the process stops' }]);
  expect(() => kit.streams.take(undefined, () => undefined)).toThrow(/stopping/);
});

test('a process that stops tells who comes for events to come back, and refuses everybody else', async () => {
  await serve(async () => ({ status: 200, events: counted([]) }));
  kit.streams.end();
  const one = await listen('ada', { accept: 'text/event-stream' });
  expect([one.status, await one.end, one.text]).toEqual([200, 'ended', 'retry: 2000\n\n']);
  expect(one.headers['content-type']).toBe('text/event-stream');
  for (const accept of ['application/x-ndjson', '*/*', 'application/json, text/event-stream']) expect((await listen('ada', { accept })).status).toBe(503);
});

test('while others are still sent here the streams stay; they end when the door closes', async () => {
  await serve(async ({ signal }) => ({ status: 200, events: counted([{ data: 1 }], signal) }), { drainSeconds: 1.5, heartbeatMs: 10 });
  const one = await listen();
  await one.until(2);
  const stopping = service.stop();
  expect((await fetch(`${service.url}/readyz`)).status).toBe(503);
  await one.until(one.count + 2);
  expect(one.ended).toBe(false);
  await stopping;
  expect(await one.end).toBe('ended');
});

test('the places are counted, a quarter for each person; a refusal says when to come back', async () => {
  await serve(async ({ signal }) => ({ status: 200, events: counted([], signal) }), { streams: 4 });
  expect((await listen('ada')).status).toBe(200);
  const second = await listen('ada');
  expect([second.status, second.headers['retry-after']]).toEqual([503, '10']);
  await second.end;
  expect(JSON.parse(second.text)).toMatchObject({ code: 'unavailable', detail: 'ada has 1 streams open already.' });
  for (const who of ['ben', 'cy', 'di']) expect((await listen(who)).status).toBe(200);
  const full = await listen('eve');
  await full.end;
  expect(JSON.parse(full.text)).toMatchObject({ code: 'unavailable', detail: 'All 4 streams of this process are taken.' });
  opened[0]?.leave();
  await until('a place is free', () => kit.streams.open === 3);
  expect((await listen('eve')).status).toBe(200);
});

test('a stream ends with the token that opened it', async () => {
  await serve(async ({ signal }) => ({ status: 200, events: counted([{ data: 1 }], signal) }));
  const exp = Math.floor(Date.now() / 1000) + 2;
  const one = await listen('ada', { authorization: `Bearer ${kit.issuer.token('ada', ['viewer'], { exp })}` });
  expect(await one.end).toBe('ended');
  expect(Date.now()).toBeGreaterThanOrEqual(exp * 1000 - 5);
  await until('the line of the log', () => streamed().length === 1);
  expect(streamed()).toMatchObject([{ end: 'its token has expired' }]);
});

test('a slow reader is waited for without keeping anything, then gets the newest', async () => {
  const latest = openLatest<ServerEvent>();
  let asked = 0;
  await serve(async ({ signal }) => ({
    status: 200,
    events: counted((async function* () { for await (const event of latest.follow(signal)) { asked += 1; yield event; } })()),
  }));
  const socket = await stalledReader();
  const large = 'x'.repeat(100_000);
  let sent = 0;
  // Until nobody asks for more: the system's own buffers are full.
  for (let quiet = 0, before = 0; quiet < 20; before = asked) {
    latest.set({ data: { number: sent += 1, large } });
    await new Promise((resolve) => { setTimeout(resolve, 5); });
    quiet = asked === before ? quiet + 1 : 0;
  }
  for (let i = 0; i < 100; i += 1) latest.set({ data: { number: sent += 1, large } });
  expect(asked).toBeLessThan(sent - 100);
  let tail = '';
  socket.on('data', (chunk: Buffer) => { tail = (tail + chunk.toString()).slice(-200_500); });
  socket.resume();
  await until('the newest has come', () => tail.includes(`"number":${sent},`));
  expect(asked).toBeLessThan(sent - 100);
  expect(latest.followers).toBe(1);
  socket.destroy();
  await until('nobody follows', () => latest.followers === 0);
});

test('a reader that takes nothing for too long is cut off', async () => {
  const large = 'x'.repeat(1_000_000);
  let made = 0;
  await serve(async () => ({ status: 200, events: counted((async function* () { for (;;) { made += 1; yield { data: large }; } })()) }), { stalledMs: 100, heartbeatMs: 10 });
  const socket = await stalledReader();
  await until('the line of the log', () => streamed().length === 1);
  expect(streamed()).toMatchObject([{ end: 'its reader took nothing for too long' }]);
  expect(made).toBeLessThan(100);
  socket.destroy();
});

test('HEAD opens nothing, another answer is sent as it is, and a route that is no stream may not stream', async () => {
  await serve(async () => ({ status: 204 }));
  const one = await listen();
  expect([one.status, await one.end, one.text, kit.streams.open]).toEqual([204, 'ended', '', 0]);
  const once = await fetch(`${service.url}/v1/once`);
  expect([once.status, await once.json()]).toMatchObject([500, { code: 'internal' }]);
  await service.stop();
  await kit.close();
  await serve(async ({ signal }) => ({ status: 200, events: counted([], signal) }));
  const head = await fetch(`${service.url}/v1/feeds/a/events`, { method: 'HEAD', headers: { authorization: `Bearer ${kit.tokenFor('ada', 'viewer')}` } });
  expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  await until('nothing is open', () => kit.streams.open === 0);
});

test('access is checked as everywhere, and OpenAPI says what comes', async () => {
  await serve(async () => ({ status: 204 }));
  expect((await fetch(`${service.url}/v1/feeds/a/events`)).status).toBe(401);
  expect(await (await fetch(`${service.url}/openapi.json`)).json()).toMatchObject({
    paths: { '/v1/feeds/{id}/events': { get: { responses: { 200: { content: { 'text/event-stream': { schema: { type: 'string' } } } }, 204: { description: expect.any(String) } } } } },
  });
});

/** Asks for the events and then reads nothing. */
async function stalledReader(): Promise<Socket> {
  const socket = connect({ port: Number(new URL(service.url).port), host: '127.0.0.1' });
  socket.pause();
  socket.write(`GET /v1/feeds/a/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${kit.tokenFor('ada', 'viewer')}\r\n\r\n`);
  await until('it is open', () => open === 1);
  return socket;
}
