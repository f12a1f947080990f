import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { contract } from '../kit/contract.ts';
import type { ServerEvent } from '../kit/event-stream.ts';
import type { Answer, RouteRequest } from '../kit/kit.ts';
import { openLatest, type Latest } from '../kit/latest.ts';
import { start, type Started } from '../kit/start.ts';
import { openEvents, type OpenEvents } from '../kit/test/events.ts';
import { testKit, type TestKit } from '../kit/test/kit.ts';
import { until } from '../kit/test/until.ts';
import { startGateway, type TestGateway } from './test/start-gateway.ts';

/** The one route of the deployment service that streams; the gateway's table has it from the real contract. */
const service = contract({
  name: 'deployment', about: 'A service for tests.', ports: { http: 8080 }, env: {},
  routes: { events: { method: 'get', path: '/v1/environments/:environment/events', about: 'x', access: 'viewer', stream: true, answers: { 200: null } } },
});
const path = '/v1/environments/local/events';
let kit: TestKit<typeof service>;
let behind: Started;
let gateway: TestGateway;
let latest: Latest<ServerEvent>;
let asked: RouteRequest | undefined;
let answer: (request: RouteRequest) => Answer;
const opened: OpenEvents[] = [];

beforeAll(async () => {
  kit = testKit(service, {}, { limits: { heartbeatMs: 100, requestMs: 300 } });
  behind = await start(kit, { handlers: { events: async (request) => { asked = request; return answer(request); } }, ready: {}, stop: () => Promise.resolve() });
  gateway = await startGateway({ DEPLOYMENT_URL: behind.url });
}, 60_000);
afterEach(async () => {
  for (const one of opened.splice(0)) one.leave();
  await until('both ends are closed', () => kit.streams.open === 0 && gateway.kit.streams.open === 0 && latest.followers === 0);
});
afterAll(async () => {
  await gateway.stop();
  await behind.stop();
  await kit.close();
});

function follow(): void {
  latest = openLatest();
  answer = ({ signal }) => ({ status: 200, events: latest.follow(signal) });
}
async function listen(headers: Record<string, string> = {}, url = gateway.url): Promise<OpenEvents> {
  const one = await openEvents(url + path, { authorization: `Bearer ${gateway.kit.tokenFor('otto@example.com', 'viewer')}`, ...headers });
  opened.push(one);
  return one;
}

test('through gateway and service each event arrives when it happens, for longer than a request may take', async () => {
  follow();
  const began = performance.now();
  const one = await listen({ 'last-event-id': '41', cookie: 'a=b' });
  await one.until(1);
  expect(one.text).toMatch(/^retry: 2000\n\n/);
  expect([one.status, one.headers['content-type'], one.headers['cache-control'], one.headers.connection]).toEqual([200, 'text/event-stream', 'no-store, no-transform', 'close']);
  expect([asked?.header('last-event-id'), asked?.header('cookie'), asked?.person?.name]).toEqual(['41', undefined, 'otto@example.com']);
  expect(asked?.traceId).toBe(one.headers['trace-id']);
  for (const id of ['42', '43']) {
    latest.set({ id, data: { id } });
    await until(`event ${id}`, () => one.text.includes(`id: ${id}\ndata: {"id":"${id}"}\n\n`));
  }
  await until('it is older than any request may get', () => performance.now() - began > 600);
  latest.set({ id: '44', data: 'late' });
  await until('the late event', () => one.text.endsWith('id: 44\ndata: "late"\n\n') || one.text.includes('id: 44\ndata: "late"\n\nevent: beat'));
  expect(one.text).toContain('\n\nevent: beat\ndata: 100\n\n');
});

test('more than 16 MiB pass, since they pass one after the other', async () => {
  follow();
  const one = await listen();
  await one.until(1);
  const large = 'x'.repeat(4 * 1024 * 1024);
  for (let i = 1; i <= 5; i += 1) {
    latest.set({ data: large });
    await until(`event ${i}`, () => one.text.length > i * large.length);
  }
  expect(one.ended).toBe(false);
}, 20_000);

test('when the caller leaves, the iterator of the service ends; each hop writes one line, and its span is over long before', async () => {
  follow();
  const one = await listen();
  latest.set({ data: 1 });
  await until('the event', () => one.text.includes('data: 1'));
  expect([latest.followers, kit.streams.open, gateway.kit.streams.open]).toEqual([1, 1, 1]);
  const traceId = String(one.headers['trace-id']);
  const names = async (of: { spans(): ReturnType<TestGateway['kit']['spans']> }) => (await of.spans()).filter((span) => span.spanContext().traceId === traceId).map((span) => span.name).sort();
  expect(await names(gateway.kit)).toEqual([`GET /v1/environments/:environment/events`, 'GET deployment', 'admit', 'authenticate', 'authorize', 'forward', 'inspect', 'limit', 'session']);
  expect(await names(kit)).toEqual(['GET /v1/environments/:environment/events']);
  one.leave();
  await until('nobody follows', () => latest.followers === 0);
  const lines = (all: TestKit<never>['lines']) => all.filter((line) => line['trace_id'] === traceId).map((line) => line['message']);
  const said = 'GET /v1/environments/:environment/events streamed until the caller has gone';
  await until('both lines', () => lines(gateway.kit.lines).length > 0 && lines(kit.lines).length > 0);
  expect([lines(gateway.kit.lines), lines(kit.lines)]).toEqual([[said], [said]]);
});

test('twenty who come and go leave nothing open', async () => {
  follow();
  for (let round = 0; round < 4; round += 1) {
    const some = await Promise.all(Array.from({ length: 5 }, () => listen({ authorization: `Bearer ${gateway.kit.tokenFor(`p${round}`, 'viewer')}` })));
    latest.set({ data: round });
    await Promise.all(some.map((one) => until('the event', () => one.text.includes(`data: ${round}`))));
    for (const one of some) one.leave();
  }
  await until('nobody follows', () => latest.followers === 0);
});

test('streams take no connection from requests to the same service', async () => {
  follow();
  const people = ['a', 'b', 'c', 'd'].map((name) => ({ authorization: `Bearer ${gateway.kit.tokenFor(name, 'viewer')}` }));
  const many = await Promise.all(Array.from({ length: 80 }, (_, i) => listen(people[i % 4])));
  expect(new Set(many.map(({ status }) => status))).toEqual(new Set([200]));
  // The service has no such route, and says so at once.
  expect((await gateway.call('GET', '/v1/deployments', { headers: people[0] ?? {} })).status).toBe(404);
}, 20_000);

test('a slow caller holds up the service, not the memory of the gateway', async () => {
  latest = openLatest();
  let made = 0;
  answer = ({ signal }) => ({ status: 200, events: (async function* () {
    for (; !signal.aborted; made += 1) yield { data: 'x'.repeat(100_000) };
  })() });
  const { hostname, port } = new URL(gateway.url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.pause();
  socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${gateway.kit.tokenFor('otto@example.com', 'viewer')}\r\n\r\n`);
  await until('it flows', () => made > 10);
  await standstill(() => made);
  // What the system keeps for two sockets, and little else: 40 MB would be a queue of ours.
  expect(made).toBeLessThan(400);
  socket.destroy();
});

test('what is no stream is passed on as it is: a refusal of the service, a person without a token', async () => {
  latest = openLatest();
  answer = () => { throw new Error('x'); };
  const failed = await listen();
  await failed.end;
  expect([failed.status, JSON.parse(failed.text)]).toMatchObject([500, { code: 'internal' }]);
  expect(await gateway.call('GET', path)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  follow();
  const head = await gateway.call('HEAD', path, { headers: { authorization: `Bearer ${gateway.kit.tokenFor('otto@example.com', 'viewer')}` } });
  expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
});

test('a stopping service ends its streams in order through the gateway', async () => {
  follow();
  const own = testKit(service, {}, {});
  const second = await start(own, { handlers: { events: async (request) => answer(request) }, ready: {}, stop: () => Promise.resolve() });
  const door = await startGateway({ DEPLOYMENT_URL: second.url });
  const one = await listen({}, door.url);
  await one.until(1);
  await second.stop();
  expect(await one.end).toBe('ended');
  await own.close();
  await door.stop();
}, 60_000);

test('a stopping gateway ends its streams at once, here and behind it', async () => {
  follow();
  const door = await startGateway({ DEPLOYMENT_URL: behind.url });
  const one = await listen({}, door.url);
  await one.until(1);
  expect(latest.followers).toBe(1);
  const began = performance.now();
  await Promise.all([door.stop(), until('nobody follows', () => latest.followers === 0)]);
  expect(performance.now() - began).toBeLessThan(2000);
  expect(await one.end).toBe('ended');
}, 60_000);

test('a gateway that stops tells who comes for events to come back; nobody behind it is asked', async () => {
  follow();
  const door = await startGateway({ DEPLOYMENT_URL: behind.url });
  door.kit.streams.end();
  asked = undefined;
  const one = await listen({ accept: 'text/event-stream' }, door.url);
  expect([one.status, await one.end, one.text, asked]).toEqual([200, 'ended', 'retry: 2000\n\n', undefined]);
  expect((await listen({ accept: 'application/json' }, door.url)).status).toBe(503);
  await door.stop();
}, 60_000);

test.each([['dies', (response: ServerResponse) => { response.destroy(); }], ['falls silent', () => undefined]])('a service that %s is seen by the caller', async (_, act) => {
  latest = openLatest();
  let response: ServerResponse | undefined;
  const server: Server = createServer((_, answered) => {
    response = answered;
    answered.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-inner': 'yes' }).write('data: 1\n\n');
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const door = await startGateway({ DEPLOYMENT_URL: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` }, { heartbeatMs: 100 });
  const one = await listen({}, door.url);
  await one.until(1);
  if (response) act(response);
  expect(await one.end).toBe('cut');
  await until('the line', () => door.kit.lines.some((said) => said['end'] === 'deployment broke off'));
  await door.stop();
  server.closeAllConnections();
  await new Promise((resolve) => { server.close(resolve); });
}, 60_000);

/** Nothing more is made: every buffer on the way is full. */
async function standstill(count: () => number): Promise<void> {
  for (let quiet = 0, before = count(); quiet < 10; before = count()) {
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    quiet = count() === before ? quiet + 1 : 0;
  }
}
