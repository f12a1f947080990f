import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startGateway, type TestGateway } from './test/start-gateway.ts';

let gateway: TestGateway;
let token = '';
beforeAll(async () => {
  gateway = await startGateway();
  token = gateway.kit.tokenFor('otto@example.com', 'operator');
}, 60_000);
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.deployment.seen.length = 0;
  gateway.auth.seen.length = 0;
  gateway.auth.reply = ({ url }) => url === '/v1/tokens'
    ? { status: 201, body: { token, expiresIn: 3600, name: 'otto@example.com', roles: ['operator'] } }
    : { status: 200, body: { allowed: true, reason: 'operator may' } };
});

const credentials = { name: 'otto@example.com', password: 'correct horse battery' };
const signIn = (headers: Record<string, string> = {}) => gateway.call('POST', '/v1/sessions', { body: credentials, headers });
const cookieOf = async () => ((await signIn()).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const ours = { 'x-requested-with': 'journey' };

test('the browser gets a cookie and never the token; the cookie stands for the person', async () => {
  const answer = await signIn();
  expect([answer.status, answer.body]).toEqual([201, { name: 'otto@example.com', roles: ['operator'] }]);
  expect(answer.text).not.toContain(token);
  expect(answer.headers.get('set-cookie')).toMatch(/^journey-session-test=[\w-]{43}\.[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=3600$/);
  expect(gateway.auth.seen[0]).toMatchObject({ url: '/v1/tokens', body: JSON.stringify(credentials), headers: { 'x-forwarded-for': '127.0.0.1' } });
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  expect((await gateway.call('GET', '/v1/sessions/current', { headers: { cookie } })).body).toEqual({ name: 'otto@example.com', roles: ['operator'] });
  expect((await gateway.call('GET', '/v1/deployments', { headers: { cookie } })).status).toBe(200);
  expect(gateway.deployment.seen[0]?.headers).toMatchObject({ authorization: `Bearer ${token}` });
  expect(gateway.deployment.seen[0]?.headers['cookie']).toBeUndefined();
});

test('signing out ends the session, also for who copied the cookie', async () => {
  const cookie = await cookieOf();
  const out = await gateway.call('DELETE', '/v1/sessions/current', { headers: { cookie, ...ours } });
  expect(out.status).toBe(204);
  expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
  expect((await gateway.call('GET', '/v1/sessions/current', { headers: { cookie } })).status).toBe(401);
});

test('a session lives no longer than its token', async () => {
  gateway.auth.reply = () => ({ status: 201, body: { token, expiresIn: 1, name: 'otto@example.com', roles: ['operator'] } });
  const answer = await signIn();
  expect(answer.headers.get('set-cookie')).toContain('Max-Age=1');
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  for (const end = Date.now() + 10_000; (await gateway.call('GET', '/v1/sessions/current', { headers: { cookie } })).status !== 401;) {
    if (Date.now() > end) throw new Error('The session is still there.');
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}, 20_000);

test.each<[string, Record<string, string>]>([
  ['no header of ours', {}], ['another site', { ...ours, 'sec-fetch-site': 'cross-site' }], ['a sibling', { ...ours, 'sec-fetch-site': 'same-site' }], ['another origin', { ...ours, origin: 'https://evil.example' }],
])('another site cannot use the cookie: %s', async (_, headers) => {
  const cookie = await cookieOf();
  const body = { workload: 'gateway' };
  expect(await gateway.call('POST', '/v1/deployments', { body, headers: { cookie, ...headers } })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  expect((await gateway.call('DELETE', '/v1/sessions/current', { headers: { cookie, ...headers } })).status).toBe(403);
  expect(gateway.deployment.seen).toEqual([]);
  expect((await gateway.call('POST', '/v1/deployments', { body, headers: { cookie, ...ours, 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:3000' } })).status).toBe(200);
});

test('another site cannot sign somebody in', async () => {
  expect((await signIn({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await signIn({ origin: 'https://evil.example' })).status).toBe(403);
  expect(gateway.auth.seen).toEqual([]);
  expect((await signIn({ origin: gateway.url })).status).toBe(201);
});

test('made-up cookies are nobody; a token of one\'s own wins over a cookie', async () => {
  const cookie = await cookieOf();
  const [name = '', value = ''] = cookie.split('=');
  for (const wrong of [`${name}=`, `${name}=x`, `${name}=${'A'.repeat(43)}${value.slice(43)}`, `${name}=${value.slice(0, 44)}${'A'.repeat(43)}`, `${cookie}; ${cookie}`]) {
    expect((await gateway.call('GET', '/v1/sessions/current', { headers: { cookie: wrong } })).status).toBe(401);
  }
  const authorization = `Bearer ${gateway.kit.tokenFor('vera@example.com', 'viewer')}`;
  expect((await gateway.call('GET', '/v1/sessions/current', { headers: { cookie, authorization } })).body).toMatchObject({ name: 'vera@example.com' });
});

test('what auth refuses is passed on, and no session begins', async () => {
  gateway.auth.reply = () => ({ status: 401, body: { code: 'unauthenticated', detail: 'Name or password is wrong.', at: 'auth' } });
  const answer = await signIn();
  expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated', detail: 'Name or password is wrong.', at: 'auth' } });
  expect(answer.headers.get('set-cookie')).toBeNull();
  gateway.auth.reply = () => ({ status: 201, body: { token: 7 } });
  expect(await signIn()).toMatchObject({ status: 502, body: { at: 'auth' } });
  gateway.auth.reply = () => ({ status: 201, body: null });
  expect((await signIn()).status).toBe(502);
});

test('neither id nor token stand in a span or a log line', async () => {
  const cookie = await cookieOf();
  await gateway.call('GET', '/v1/deployments', { headers: { cookie } });
  const id = cookie.split('=')[1]?.slice(0, 43) ?? 'missing';
  const told = JSON.stringify([(await gateway.kit.spans()).map((span) => [span.name, span.attributes, span.events]), gateway.kit.lines]);
  expect(told).not.toContain(id);
  expect(told).not.toContain(token);
});

test('with the sessions gone a cookie is 503, a token still works', async () => {
  const cookie = await cookieOf();
  await gateway.postgres.kill();
  const other = await gateway.call('GET', '/v1/deployments', { headers: { authorization: `Bearer ${token}` } });
  const readyz = await fetch(`${gateway.url}/readyz`);
  const begun = await signIn();
  await gateway.postgres.restart();
  expect([other.status, readyz.status, begun.status]).toEqual([200, 503, 503]);
  expect(begun.headers.get('set-cookie')).toBeNull();
  expect([200, 401]).toContain((await gateway.call('GET', '/v1/sessions/current', { headers: { cookie } })).status);
}, 30_000);
