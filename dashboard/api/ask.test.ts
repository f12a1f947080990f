import { createServer, type IncomingMessage } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { gateway } from '../../services/gateway/contract.ts';
import { monitoring } from '../../services/monitoring/contract.ts';
import { ask, pathOf } from './ask.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

test('asks with what the gateway wants and returns the checked answer', async () => {
  const seen: IncomingMessage[] = [];
  const origin = await site(201, { name: 'a@b', roles: ['admin'] }, seen);
  await expect(ask(gateway.routes.signIn, { origin, body: { name: 'a@b', password: 'p' }, idempotencyKey: 'k' })).resolves.toEqual({ name: 'a@b', roles: ['admin'] });
  expect(seen[0]).toMatchObject({ method: 'POST', url: '/api/v1/sessions' });
  expect(seen[0]?.headers).toMatchObject({ 'x-requested-with': 'journey', 'idempotency-key': 'k', 'content-type': 'application/json' });
});

test('a query is written without what is undefined', async () => {
  const seen: IncomingMessage[] = [];
  await ask(monitoring.routes.workloads, { origin: await site(200, { workloads: [] }, seen), query: { path: 'a/b c.yaml', limit: 5, commit: undefined } });
  expect(seen[0]?.url).toBe('/api/v1/workloads?path=a%2Fb+c.yaml&limit=5');
});

test('204 is null', async () => {
  await expect(ask(gateway.routes.signOut, { origin: await site(204, undefined) })).resolves.toBeNull();
});

test('a refusal is thrown as it was said, with the trace of the header when the body has none', async () => {
  const origin = await site(409, { title: 'The environment is frozen', code: 'frozen', detail: 'release week', fix: 'Wait.', at: 'deployment' });
  await expect(ask(monitoring.routes.workloads, { origin })).rejects.toMatchObject({
    problem: { status: 409, code: 'frozen', title: 'The environment is frozen', detail: 'release week', fix: 'Wait.', at: 'deployment', traceId: 'from-header' },
  });
});

test.each([
  ['another form', 200, { workloads: [{ name: 'x' }] }],
  ['another status', 201, { workloads: [] }],
  ['no JSON', 200, '<html>'],
])('an answer of %s is not taken for the promised one', async (_, status, body) => {
  await expect(ask(monitoring.routes.workloads, { origin: await site(status, body) })).rejects.toMatchObject({ problem: { code: 'unexpected_answer', detail: expect.stringContaining('/v1/workloads') } });
});

test('no answer at all is a problem too; giving up is not', async () => {
  await expect(ask(monitoring.routes.workloads, { origin: 'http://127.0.0.1:1' })).rejects.toMatchObject({ problem: { code: 'unreachable', at: 'dashboard' } });
  await expect(ask(monitoring.routes.workloads, { origin: 'http://127.0.0.1:1', signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
});

test('parameters are escaped', () => {
  expect(pathOf('/v1/settings/:environment/:name', { environment: 'a/b', name: 'c d' })).toBe('/api/v1/settings/a%2Fb/c%20d');
  expect(pathOf('/v1/journeys/:traceId', {})).toBe('/api/v1/journeys/');
});

async function site(status: number, body: unknown, seen: IncomingMessage[] = []): Promise<string> {
  const server = createServer((request, response) => {
    seen.push(request);
    response.writeHead(status, { 'content-type': 'application/json', 'trace-id': 'from-header' }).end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  stops.push(() => new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  }));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}
