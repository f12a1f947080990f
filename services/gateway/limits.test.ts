import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startGateway, type TestGateway } from './test/start-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => { gateway = await startGateway({ RATE_LIMIT_RPS: '5', COOKIE_SECURE: 'yes' }); }, 60_000);
afterAll(() => gateway.stop());

const read = (headers: Record<string, string>) => gateway.call('GET', '/v1/deployments', { headers });
/** Twelve requests of one caller within one second, which a busy machine does not manage each time: then another caller tries. */
async function burst(callerOf: (turn: number) => Record<string, string>) {
  for (let turn = 1; turn < 20; turn += 1) {
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: 12 }, () => read(callerOf(turn))));
    if (performance.now() - began < 950) return answers;
  }
  throw new Error('This machine never did twelve requests in a second.');
}
const as = (name: string) => ({ authorization: `Bearer ${gateway.kit.tokenFor(name, 'viewer')}` });

test('so many per second and person, then 429 with when to come back; others are not held up', async () => {
  const answers = await burst((turn) => as(`one${turn}@example.com`));
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(5);
  const refused = answers.find((answer) => answer.status === 429);
  expect(refused?.body).toMatchObject({ code: 'rate_limited' });
  expect(refused?.headers.get('retry-after')).toBe('1');
  expect(refused?.headers.get('ratelimit-policy')).toBe('"person";q=5;w=1');
  expect(refused?.headers.get('ratelimit')).toBe('"person";r=0;t=1');
  expect((await read(as('two@example.com'))).status).toBe(200);
});

test('who shows no good token is counted by address: 401 until it is 429', async () => {
  const from = (address: string) => ({ authorization: 'Bearer rubbish', 'x-forwarded-for': `1.2.3.4, ${address}` });
  const got = (await burst((turn) => from(`203.0.113.${20 + turn}`))).map(({ status }) => status);
  expect(got.filter((status) => status === 401)).toHaveLength(5);
  expect(got.filter((status) => status === 429)).toHaveLength(7);
  expect((await read(from('203.0.113.8'))).status).toBe(401);
  expect((await read(from('203.0.113.8'))).headers.get('ratelimit-policy')).toBe('"address";q=5;w=1');
});

test('probes are never limited', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(`${gateway.url}/livez`)));
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
});

test('behind TLS the cookie is for TLS', async () => {
  gateway.auth.reply = () => ({ status: 201, body: { token: 't', expiresIn: 60, name: 'a@b.c', roles: ['viewer'] } });
  const answer = await gateway.call('POST', '/v1/sessions', { body: { name: 'a@b.c', password: 'b' }, headers: { 'x-forwarded-for': '203.0.113.9' } });
  expect(answer.headers.get('set-cookie')).toMatch(/; Secure$/);
  expect(gateway.auth.seen.at(-1)?.headers['x-forwarded-for']).toBe('203.0.113.9');
});
