import { expect, test } from '@jest/globals';
import { createServer, type AddressInfo } from 'node:net';
import type { App } from './kit.ts';
import type { Overrides } from './open-kit.ts';
import { start } from './start.ts';
import { testKit } from './test/kit.ts';
import { thing } from './test/thing.ts';

type Thing = typeof thing;
const ok = () => Promise.resolve({ status: 200, body: {} });
async function serve(app: Partial<App<Thing>> = {}, overrides: Overrides = {}, env: Record<string, string> = {}) {
  const kit = testKit(thing, env, overrides);
  const service = await start(kit, {
    handlers: { read: ok, write: ok, remove: ok, take: ok, open: ok }, ready: {}, stop: () => Promise.resolve(), ...app,
  });
  return { kit, service, url: service.url, metricsUrl: service.metricsUrl ?? '' };
}
const stop = async ({ kit, service }: Awaited<ReturnType<typeof serve>>) => { await service.stop(); await kit.close(); };

test('both listeners say that the service lives and is ready; figures are on one of them only', async () => {
  const one = await serve();
  for (const url of [one.url, one.metricsUrl]) {
    expect([(await fetch(`${url}/livez`)).status, (await fetch(`${url}/readyz`)).status]).toEqual([200, 200]);
  }
  expect([(await fetch(`${one.url}/metrics`)).status, (await fetch(`${one.metricsUrl}/metrics`)).status]).toEqual([404, 200]);
  expect((await fetch(`${one.metricsUrl}/v1/open`)).status).toBe(404);
  expect(await one.kit.spans()).toMatchObject([{ name: 'GET' }]);
  await stop(one);
});

test('requests are counted by method, route and status, never by id', async () => {
  const one = await serve();
  await Promise.all(['/v1/things/a', '/v1/things/b', '/nope/1', '/nope/2'].map((path) => fetch(one.url + path)));
  await fetch(`${one.url}/v1/take`, { method: 'POST' });
  const figures = await (await fetch(`${one.metricsUrl}/metrics`)).text();
  expect(figures.split('\n').filter((line) => line.startsWith('http_server_request_duration_seconds_count'))).toEqual([
    'http_server_request_duration_seconds_count{service_name="thing",http_request_method="GET",http_route="/v1/things/:id",http_response_status_code="401"} 2',
    'http_server_request_duration_seconds_count{service_name="thing",http_request_method="GET",http_route="none",http_response_status_code="404"} 2',
  ]);
  await stop(one);
});

test('what is not ready is named, each within a second', async () => {
  const one = await serve({ ready: { GOOD: () => Promise.resolve(), DISK: () => Promise.reject(new Error('full')), SLOW: () => new Promise(() => undefined) } });
  const answer = await fetch(`${one.url}/readyz`);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  expect(await answer.json()).toMatchObject({ code: 'unavailable', detail: 'Not ready: DISK: full; SLOW: no answer within 1000 ms.' });
  expect((await fetch(`${one.url}/livez`)).status).toBe(200);
  await stop(one);
});

test('many probes at once run the checks once', async () => {
  let runs = 0;
  const one = await serve({ ready: { DISK: () => { runs++; return Promise.resolve(); } } });
  await Promise.all(Array.from({ length: 10 }, () => fetch(`${one.url}/readyz`)));
  expect(runs).toBe(1);
  await stop(one);
});

test('stopping fails readiness first, lets running requests end, then closes; twice is once', async () => {
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const order: string[] = [];
  const one = await serve({
    handlers: { read: ok, write: ok, remove: ok, take: ok, open: async () => { begun.resolve(); await end.promise; order.push('answered'); return ok(); } },
    stop: () => { order.push('app stopped'); return Promise.resolve(); },
  }, { limits: { drainSeconds: 0.2 } });
  const running = fetch(`${one.url}/v1/open`);
  await begun.promise;
  const stopping = one.service.stop();
  const probe = await fetch(`${one.url}/readyz`);
  expect([probe.status, await probe.json()]).toMatchObject([503, { detail: 'Not ready: it is shutting down.' }]);
  const late = await fetch(`${one.url}/v1/things/a`);
  expect([late.status, late.headers.get('connection')]).toEqual([401, 'close']);
  // The listener is closed by now, and the request still runs.
  while (await fetch(`${one.url}/livez`).then(() => true, () => false)) await new Promise((resolve) => { setTimeout(resolve, 10); });
  end.resolve();
  expect((await running).status).toBe(200);
  const answered = performance.now();
  await Promise.all([stopping, one.service.stop()]);
  expect(performance.now() - answered).toBeLessThan(1000);
  expect(order).toEqual(['answered', 'app stopped']);
  await expect(fetch(`${one.url}/livez`)).rejects.toThrow();
  await one.kit.close();
});

test('a request that does not end is cut when its time is up', async () => {
  const begun = Promise.withResolvers<void>();
  const one = await serve({ handlers: { read: ok, write: ok, remove: ok, take: ok, open: () => { begun.resolve(); return new Promise(() => undefined); } } }, { limits: { requestMs: 100 } });
  const running = fetch(`${one.url}/v1/open`).then(({ status }) => status, () => 'cut');
  await begun.promise;
  await one.service.stop();
  expect([503, 'cut']).toContain(await running);
  await one.kit.close();
});

test('a port that is taken, and work that cannot begin, end what was already open', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => { taken.listen(0, '127.0.0.1', resolve); });
  const stopped: string[] = [];
  const end = (name: string) => () => { stopped.push(name); return Promise.resolve(); };
  await expect(serve({ stop: end('port') }, {}, { PORT: String((taken.address() as AddressInfo).port) })).rejects.toThrow(/EADDRINUSE/);
  await expect(serve({ stop: end('start'), start: () => Promise.reject(new Error('no queue')) })).rejects.toThrow(/no queue/);
  expect(stopped).toEqual(['port', 'start']);
  await new Promise((resolve) => { taken.close(resolve); });
});

test('the contract becomes OpenAPI 3.1', async () => {
  const one = await serve();
  const api = await (await fetch(`${one.url}/openapi.json`)).json() as { paths: Record<string, Record<string, unknown>>; components: unknown };
  expect(api).toMatchObject({ openapi: '3.1.0', info: { title: 'thing', version: 'worktree' } });
  expect(Object.keys(api.paths)).toEqual(['/v1/things/{id}', '/v1/things', '/v1/take', '/v1/open']);
  expect(api.paths['/v1/things/{id}']).toMatchObject({
    get: {
      operationId: 'thing.read', security: [{ person: [] }], 'x-role': 'viewer',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { pattern: '^[a-z]+$' } }, { name: 'limit', in: 'query', required: true }, { name: 'deep', in: 'query', required: false }],
      responses: { 200: { content: { 'application/json': {} } }, default: { $ref: '#/components/responses/Problem' } },
    },
    delete: { responses: { 204: { description: expect.any(String) } } },
  });
  expect(api.paths['/v1/take']).toMatchObject({ post: { security: [{ workload: [] }], requestBody: { required: true } } });
  expect(api.paths['/v1/open']).toMatchObject({ get: { security: [] } });
  await stop(one);
});
