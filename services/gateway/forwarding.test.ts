import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { auth } from '../auth/contract.ts';
import { configuration } from '../configuration/contract.ts';
import { deployment } from '../deployment/contract.ts';
import type { RouteSet } from '../kit/contract.ts';
import { monitoring } from '../monitoring/contract.ts';
import { gateway as own } from './contract.ts';
import { startGateway, type TestGateway } from './test/start-gateway.ts';

const ask = { workload: 'gateway', environment: 'local', revision: 'worktree', reason: 'to see it move' };
let gateway: TestGateway;
let operator: { readonly authorization: string };

beforeAll(async () => {
  gateway = await startGateway();
  operator = { authorization: `Bearer ${gateway.kit.tokenFor('otto@example.com', 'operator')}` };
}, 60_000);
afterAll(() => gateway.stop());
beforeEach(() => {
  for (const service of [gateway.auth, gateway.deployment, gateway.configuration, gateway.monitoring]) service.seen.length = 0;
  gateway.auth.reply = () => ({ status: 200, body: { allowed: true, reason: 'operator may' } });
  gateway.deployment.reply = () => ({ status: 202, body: { id: 'd1' }, headers: { 'set-cookie': 'theirs=1', 'x-answer': 'kept', connection: 'keep-alive, x-inner', 'x-inner': '1' } });
});

const create = (headers: Record<string, string> = operator, body: unknown = ask) => gateway.call('POST', '/v1/deployments', { body, headers });
const firstSeen = () => gateway.deployment.seen[0];

test('a request passes, byte by byte, with who asks and nothing else from outside', async () => {
  const body = ` {"workload":"gateway",  "reason":"spaces stay"}`;
  const answer = await create({ ...operator, 'x-forwarded-user': 'admin', 'x-forwarded-for': '6.6.6.6', cookie: 'a=b', 'x-user': 'root', 'idempotency-key': 'k1' }, body);
  expect([answer.status, answer.body]).toEqual([202, { id: 'd1' }]);
  expect(answer.headers.get('x-answer')).toBe('kept');
  expect([answer.headers.get('set-cookie'), answer.headers.get('x-inner')]).toEqual([null, null]);
  const seen = firstSeen();
  expect(seen).toMatchObject({ method: 'POST', url: '/v1/deployments', body, headers: { ...operator, 'idempotency-key': 'k1', 'x-forwarded-for': '127.0.0.1' } });
  for (const name of ['x-forwarded-user', 'x-user', 'cookie']) expect(seen?.headers[name]).toBeUndefined();
  expect(seen?.headers['traceparent']).toContain(answer.headers.get('trace-id'));
});

test('a trace id that somebody knows cannot be joined from outside', async () => {
  const known = 'd'.repeat(32);
  const answer = await create({ ...operator, traceparent: `00-${known}-${'1'.repeat(16)}-01` });
  expect([answer.status, answer.headers.get('trace-id') === known]).toEqual([202, false]);
  expect(firstSeen()?.headers['traceparent']).toContain(answer.headers.get('trace-id'));
});

test('who shows a ticket of the gateway knows the trace id before; once, and signed in', async () => {
  expect((await gateway.call('POST', '/v1/tickets')).status).toBe(401);
  const { status, body: { traceId, ticket } } = await gateway.call('POST', '/v1/tickets', { headers: operator });
  expect([status, typeof traceId]).toEqual([201, 'string']);
  const first = await create({ ...operator, 'journey-ticket': String(ticket) });
  expect(first.headers.get('trace-id')).toBe(traceId);
  expect(firstSeen()?.headers['traceparent']).toContain(String(traceId));
  expect(firstSeen()?.headers['journey-ticket']).toBeUndefined();
  for (const used of [String(ticket), `${'d'.repeat(32)}.9999999999.${'x'.repeat(43)}`, 'rubbish']) {
    const again = await create({ ...operator, 'journey-ticket': used });
    expect([again.status, again.headers.get('trace-id') === traceId]).toEqual([202, false]);
  }
});

test('auth is asked about what changes something, in the name of who asks; not about reading', async () => {
  await create();
  expect(gateway.auth.seen).toMatchObject([{ method: 'POST', url: '/v1/decisions', body: '{"action":"deployment.create"}', headers: operator }]);
  gateway.auth.seen.length = 0;
  await gateway.call('PUT', '/v1/settings/local/deployment-freeze', { body: { value: { frozen: true } }, headers: operator });
  expect(gateway.auth.seen[0]?.body).toBe('{"action":"configuration.write"}');
  gateway.auth.seen.length = 0;
  expect((await gateway.call('GET', '/v1/deployments?x=1', { headers: operator })).status).toBe(202);
  expect(gateway.auth.seen).toEqual([]);
  expect(firstSeen()).toBeDefined();
});

test('every public route reaches its own service; private ones reach nobody', async () => {
  for (const [method, path, service] of [
    ['POST', '/v1/people', 'auth'], ['GET', '/v1/settings/local/x', 'configuration'], ['GET', '/v1/journeys', 'monitoring'],
    ['GET', `/v1/journeys/${'a'.repeat(32)}`, 'monitoring'], ['GET', '/v1/workloads', 'monitoring'], ['GET', '/v1/environments/local/journey', 'deployment'], ['HEAD', '/v1/workloads', 'monitoring'],
  ] as const) {
    const before = gateway[service].seen.length;
    await gateway.call(method, path, { headers: operator, ...(method === 'POST' ? { body: {} } : {}) });
    expect([path, gateway[service].seen.slice(before).some((seen) => seen.url === path && seen.method === method)]).toEqual([path, true]);
  }
  const asked = gateway.auth.seen.length + gateway.monitoring.seen.length;
  for (const [method, path] of [['POST', '/v1/decisions'], ['POST', '/v1/traces'], ['GET', '/.well-known/jwks.json'], ['GET', '/v1/notifications']] as const) {
    expect((await gateway.call(method, path, { headers: operator, ...(method === 'POST' ? { body: {} } : {}) })).status).toBe(404);
  }
  expect(gateway.auth.seen.length + gateway.monitoring.seen.length).toBe(asked);
  expect(await gateway.call('DELETE', '/v1/deployments', { headers: operator })).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
});

test('/openapi.json shows its own routes and all public ones', async () => {
  const { body } = await gateway.call('GET', '/openapi.json');
  const open = [own, auth, configuration, deployment, monitoring].flatMap(({ routes }: { routes: RouteSet }) => Object.values(routes).filter((route) => route.public === true || routes === own.routes));
  expect(Object.keys(Object(body['paths'])).sort()).toEqual([...new Set(open.map(({ path }) => path.replaceAll(/:(\w+)/g, '{$1}')))].sort());
  expect(Object.keys(Object(body['paths'])['/v1/deployments'])).toEqual(['post', 'get']);
  expect(JSON.stringify(Object(body['paths'])['/v1/environments/{environment}/events'])).toContain('text/event-stream');
});

test('the same document is a route of its own for who is signed in, and says which routes take a key', async () => {
  const whole = await gateway.call('GET', '/openapi.json');
  expect(await gateway.call('GET', '/v1/openapi', { headers: operator })).toMatchObject({ status: 200, body: whole.body });
  expect((await gateway.call('GET', '/v1/openapi')).status).toBe(401);
  const taking = Object.entries(Object(whole.body['paths'])).flatMap(([path, operations]) =>
    Object.values(Object(operations)).filter((operation) => JSON.stringify(operation).includes('"name":"Idempotency-Key","in":"header"')).map(() => path));
  expect(taking.sort()).toEqual(['/v1/changes', '/v1/deployments', '/v1/promotions', '/v1/rollbacks']);
});

test('a no of auth ends it there, with its reason', async () => {
  gateway.auth.reply = () => ({ status: 200, body: { allowed: false, reason: 'viewer may not deployment.create: it needs operator' } });
  expect(await create()).toMatchObject({ status: 403, body: { code: 'forbidden', at: 'auth', detail: 'viewer may not deployment.create: it needs operator.' } });
  for (const body of [{}, { allowed: 'true', reason: 1 }, 'yes', null]) {
    gateway.auth.reply = () => ({ status: 200, body });
    expect((await create()).status).toBe(403);
  }
  expect(gateway.deployment.seen).toEqual([]);
});

test('without a good token nothing passes', async () => {
  for (const headers of [{}, { authorization: 'Basic x' }, { authorization: 'Bearer rubbish' }, { authorization: `${operator.authorization}x` }, { authorization: `Bearer ${gateway.kit.issuer.token('o', ['admin'], { aud: 'other' })}` }]) {
    expect(await create(headers)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect((await gateway.call('GET', '/v1/deployments', { headers })).status).toBe(401);
  }
  expect(gateway.auth.seen).toEqual([]);
  expect(gateway.deployment.seen).toEqual([]);
  await gateway.call('POST', '/v1/tokens', { body: { name: 'a', password: 'b' } });
  expect(gateway.auth.seen[0]).toMatchObject({ url: '/v1/tokens' });
});

test('what an upstream refuses is passed on as it is, with where it ended', async () => {
  const problem = { type: '/problems#frozen', code: 'frozen', detail: 'local is frozen.', at: 'deployment' };
  gateway.deployment.reply = () => ({ status: 409, body: problem });
  const answer = await create();
  expect([answer.status, answer.body, answer.headers.get('content-type')]).toEqual([409, problem, 'application/problem+json']);
});

test.each(['auth', 'deployment'] as const)('with %s gone the answer names it', async (name) => {
  await gateway[name].close();
  expect(await create()).toMatchObject({ status: 502, body: { code: 'upstream_unavailable', at: name } });
  await gateway[name].open();
  expect((await create()).status).toBe(202);
});

test('an answer that breaks off is a problem, or cut when its head is out; never made up', async () => {
  gateway.deployment.reply = () => 'short';
  expect(await create()).toMatchObject({ status: 502, body: { code: 'upstream_unavailable', at: 'deployment' } });
  gateway.deployment.reply = () => 'cut';
  await expect(create()).rejects.toThrow();
  gateway.deployment.reply = () => ({ status: 202, body: {} });
  expect((await create()).status).toBe(202);
});

test('a large answer passes as it comes, one larger than 16 MiB is cut', async () => {
  gateway.deployment.reply = () => ({ status: 200, body: { large: 'x'.repeat(1024 * 1024) } });
  expect((await create()).body['large']).toHaveLength(1024 * 1024);

  gateway.deployment.reply = () => ({ status: 200, body: 'x'.repeat(17 * 1024 * 1024) });
  await expect(create()).rejects.toThrow();
});

test('when the caller leaves, the upstream call ends too', async () => {
  const arrived = Promise.withResolvers<void>();
  gateway.deployment.reply = () => { arrived.resolve(); return 'hang'; };
  const gone = new AbortController();
  const answer = fetch(`${gateway.url}/v1/deployments`, { headers: operator, signal: gone.signal });
  await arrived.promise;
  gone.abort();
  await expect(answer).rejects.toThrow();
  for (let i = 0; i < 100; i += 1) {
    const span = (await gateway.kit.spans()).find((one) => one.name === 'GET deployment' && one.attributes['error.type'] === 'upstream_timeout');
    if (span) return;
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
  throw new Error('The upstream call did not end.');
});

test.each<[string, unknown, Record<string, string>, number, string]>([
  ['10 MB', { reason: 'x'.repeat(10_000_000) }, {}, 413, 'too_large'], ['10,000 levels', '['.repeat(10_000), {}, 400, 'too_deep'],
  ['a form', 'workload=gateway', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported_media'], ['another text', '{}', { 'content-type': 'text/plain; application/json' }, 415, 'unsupported_media'],
])('%s stops at the gateway', async (_, body, headers, status, code) => {
  expect(await create({ ...operator, ...headers }, body)).toMatchObject({ status, body: { code } });
  expect(gateway.deployment.seen).toEqual([]);
  expect(gateway.auth.seen).toEqual([]);
});

test('paths are handed on as they came; nothing climbs out of a route', async () => {
  const raw = (path: string) => new Promise<number>((resolve, reject) => {
    const { port } = new URL(gateway.url);
    request({ host: '127.0.0.1', port, method: 'GET', path, headers: operator }, (response) => { response.resume(); resolve(response.statusCode ?? 0); }).on('error', reject).end();
  });
  await raw('/v1/deployments/%2e%2e%2fx');
  expect(firstSeen()?.url).toBe('/v1/deployments/%2e%2e%2fx');
  gateway.deployment.seen.length = 0;
  expect(await raw('/v1/deployments/../decisions')).toBe(404);
  expect(await raw('http://other.example/v1/deployments')).toBe(400);
  expect(await raw('/v1/deployments/%ff')).toBe(400);
  expect(gateway.deployment.seen).toEqual([]);
});

test('the hops of a request: each step, auth by its reference, the upstream by its own', async () => {
  const answer = await create();
  const spans = (await gateway.kit.spans()).filter((span) => span.spanContext().traceId === answer.headers.get('trace-id'));
  expect(spans.map((span) => span.name).sort()).toEqual(['POST /v1/deployments', 'POST auth', 'POST deployment', 'admit', 'authenticate', 'authorize', 'forward', 'inspect', 'limit', 'session']);
  const reference = (name: string) => spans.find((span) => span.name === name)?.attributes['journey.reference'];
  expect([reference('POST auth'), reference('POST deployment')]).toEqual(['gateway.AUTH_URL', 'gateway.DEPLOYMENT_URL']);
  const parent = (name: string) => spans.find((one) => one.spanContext().spanId === spans.find((span) => span.name === name)?.parentSpanContext?.spanId)?.name;
  expect([parent('POST deployment'), parent('forward'), parent('POST auth')]).toEqual(['forward', 'POST /v1/deployments', 'authorize']);
});
