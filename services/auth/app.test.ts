import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { openPasswords } from './adapters/passwords.ts';
import { startAuth, type TestAuth } from './test/start-auth.ts';

const password = 'correct horse battery';
let auth: TestAuth;

beforeAll(async () => {
  auth = await startAuth();
  const stored = await (await openPasswords()).hash(password);
  for (const [name, role] of [['vera@example.com', 'viewer'], ['otto@example.com', 'operator'], ['ada@example.com', 'admin']]) {
    await auth.sql('insert into people (name, password, roles) values ($1, $2, $3)', [name, stored, [role]]);
  }
}, 60_000);
afterAll(() => auth.stop());
beforeEach(() => auth.sql('delete from failures'));

const signIn = (name: string, typed = password, address = '10.0.0.1') => auth.post('/v1/tokens', { name, password: typed }, { 'x-forwarded-for': address });
const bearer = async (name: string) => ({ authorization: `Bearer ${String((await signIn(name)).body['token'])}` });
const newest = async () => (await auth.sql('select person, action, subject, detail, trace_id from audit order by id desc limit 1'))[0];

test('a password gives a token that the published key verifies, and an audit record', async () => {
  const before = await auth.count('audit');
  const answer = await signIn('Otto@Example.com');
  expect(answer.status).toBe(201);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.body).toMatchObject({ name: 'otto@example.com', roles: ['operator'], expiresIn: 3600 });
  const keys = await (await fetch(`${auth.url}/.well-known/jwks.json`)).json();
  const token = String(answer.body['token']);
  expect(jwt.decode(token, { complete: true })?.header.kid).toBe(keys.keys[0].kid);
  const claims = jwt.verify(token, createPublicKey({ key: keys.keys[0], format: 'jwk' }), { algorithms: ['RS256'], issuer: 'request-journey', audience: 'test' });
  expect(claims).toMatchObject({ sub: 'otto@example.com', name: 'otto@example.com', roles: ['operator'] });
  expect(await auth.count('audit')).toBe(before + 1);
  expect(await newest()).toMatchObject({ person: 'otto@example.com', action: 'auth.createToken', detail: { by: 'password', result: 'ok', address: '10.0.0.1' }, trace_id: answer.headers.get('trace-id') });
});

test('a wrong password and an unknown name get the same answer, and a record each', async () => {
  const wrong = await signIn('otto@example.com', 'not it');
  const unknown = await signIn('nobody@example.com', 'not it');
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  const { traceId: _w, ...first } = wrong.body;
  const { traceId: _u, ...second } = unknown.body;
  expect(first).toEqual(second);
  expect(await newest()).toMatchObject({ person: 'nobody@example.com', detail: { result: 'failed' } });
  await signIn('my secret password', 'not it');
  expect(await newest()).toMatchObject({ person: '(not an address)', subject: '(not an address)' });
});

test('after five failures the sixth waits, even with the right password; others do not', async () => {
  for (let i = 0; i < 5; i += 1) expect((await signIn('vera@example.com', 'wrong')).status).toBe(401);
  const sixth = await signIn('vera@example.com');
  expect(sixth.status).toBe(429);
  expect(sixth.body['code']).toBe('rate_limited');
  const wait = Number(sixth.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(800);
  expect(wait).toBeLessThanOrEqual(900);
  expect((await signIn('vera@example.com', password, '10.0.0.2')).status).toBe(201);
  expect((await signIn('otto@example.com')).status).toBe(201);
  await auth.sql('update failures set window_ends_at = now()');
  expect((await signIn('vera@example.com', 'wrong')).status).toBe(401);
  expect((await auth.sql('select count from failures'))[0]).toEqual({ count: 1 });
  expect((await signIn('vera@example.com')).status).toBe(201);
  // The pair's count has ended; that of the name alone goes on.
  expect(await auth.sql('select count from failures')).toEqual([{ count: 1 }]);
});

test('another address with every try wins twenty tries and no more; below that the right password works', async () => {
  let turn = 0;
  const from = () => `10.1.0.${String(turn++)}`;
  for (let i = 0; i < 19; i += 1) expect((await signIn('vera@example.com', 'wrong', from())).status).toBe(401);
  expect((await signIn('vera@example.com', password, from())).status).toBe(201);
  const rest = await Promise.all(Array.from({ length: 6 }, () => signIn('vera@example.com', 'wrong', from())));
  expect(rest.map(({ status }) => status).sort()).toEqual([401, 429, 429, 429, 429, 429]);
  const right = await signIn('vera@example.com', password, from());
  expect([right.status, right.body['code']]).toEqual([429, 'rate_limited']);
  expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(800);
  expect((await signIn('otto@example.com')).status).toBe(201);
  await auth.sql('update failures set window_ends_at = now()');
  expect((await signIn('vera@example.com', password, from())).status).toBe(201);
}, 30_000);

test('guesses side by side win nothing over guesses one by one', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => signIn('vera@example.com', 'wrong')));
  const statuses = answers.map((answer) => answer.status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(5);
  expect(statuses.filter((status) => status === 429)).toHaveLength(15);
}, 20_000);

test('sign-ins side by side with the right password all succeed', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => signIn('vera@example.com')));
  expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 10 }, () => 201));
}, 20_000);

test('a decision is made by what the person is now', async () => {
  const token = await bearer('otto@example.com');
  const decide = (action: string) => auth.post('/v1/decisions', { action }, token);
  expect((await decide('deployment.create')).body).toEqual({ allowed: true, reason: 'operator may deployment.create' });
  await auth.sql(`update people set roles = '{viewer}' where name = 'otto@example.com'`);
  expect((await decide('deployment.create')).body).toEqual({ allowed: false, reason: 'viewer may not deployment.create: it needs operator' });
  await auth.sql(`update people set active = false where name = 'otto@example.com'`);
  expect((await decide('deployment.read')).body).toMatchObject({ allowed: false });
  expect((await signIn('otto@example.com')).status).toBe(401);
  await auth.sql(`update people set roles = '{operator}', active = true where name = 'otto@example.com'`);
  expect((await auth.post('/v1/decisions', { action: 'deployment.create' })).status).toBe(401);
});

test('an admin adds a person who can sign in; the record says who did it', async () => {
  const admin = await bearer('ada@example.com');
  const made = await auth.post('/v1/people', { name: 'New@Example.com', password, roles: ['viewer'] }, admin);
  expect([made.status, made.body]).toEqual([201, { name: 'new@example.com', roles: ['viewer'] }]);
  expect(await newest()).toMatchObject({ person: 'ada@example.com', action: 'auth.createPerson', subject: 'new@example.com', detail: { roles: ['viewer'] } });
  const counts = [await auth.count('people'), await auth.count('audit')];
  const again = await auth.post('/v1/people', { name: 'new@example.com', password: 'another password', roles: ['admin'] }, admin);
  expect([again.status, again.body['code']]).toEqual([409, 'conflict']);
  expect([await auth.count('people'), await auth.count('audit')]).toEqual(counts);
  expect((await signIn('new@example.com')).body).toMatchObject({ roles: ['viewer'] });
});

test('who is no admin, or no longer, adds nobody', async () => {
  const operator = await bearer('otto@example.com');
  const admin = await bearer('ada@example.com');
  const before = await auth.count('people');
  const person = { name: 'x@example.com', password, roles: ['viewer'] };
  expect((await auth.post('/v1/people', person)).status).toBe(401);
  expect((await auth.post('/v1/people', person, operator)).status).toBe(403);
  await auth.sql(`update people set roles = '{operator}' where name = 'ada@example.com'`);
  const demoted = await auth.post('/v1/people', person, admin);
  await auth.sql(`update people set roles = '{admin}' where name = 'ada@example.com'`);
  expect(demoted).toMatchObject({ status: 403, body: { detail: 'operator may not auth.createPerson: it needs admin' } });
  expect(await auth.count('people')).toBe(before);
});

test('without its audit record nothing is done', async () => {
  const admin = await bearer('ada@example.com');
  const before = await auth.count('people');
  await auth.sql('alter table audit rename to away');
  const made = await auth.post('/v1/people', { name: 'y@example.com', password, roles: ['viewer'] }, admin);
  const token = await signIn('ada@example.com');
  await auth.sql('alter table away rename to audit');
  expect([made.status, made.body['code'], token.status, token.body['code']]).toEqual([500, 'audit_failed', 500, 'audit_failed']);
  expect(await auth.count('people')).toBe(before);
});

test.each<[string, unknown, number]>([
  ['no JSON', '{', 400], ['a list', '[]', 400], ['both ways at once', { name: 'a', password: 'b', link: 'x'.repeat(43) }, 400], ['an extra field', { name: 'a', password: 'b', roles: ['admin'] }, 400],
  ['a password of 10 MB', { name: 'a', password: 'x'.repeat(10_000_000) }, 413], ['2,000 levels', `${'['.repeat(2000)}${']'.repeat(2000)}`, 400], ['10,000 levels, more than the 4 KiB it takes', '['.repeat(10_000), 413], ['NUL in the name', { name: 'a\0b', password: 'b' }, 400],
])('%s is refused and leaves nothing behind', async (_, body, status) => {
  const before = [await auth.count('audit'), await auth.count('failures')];
  const answer = await auth.post('/v1/tokens', body);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect([await auth.count('audit'), await auth.count('failures')]).toEqual(before);
});

test('with the database gone it says so, and works again when it is back', async () => {
  const admin = await bearer('ada@example.com');
  const people = await auth.count('people');
  await auth.postgres.kill();
  const during = await signIn('ada@example.com');
  expect(during).toMatchObject({ status: 503, body: { code: 'unavailable', at: 'auth' } });
  expect((await auth.post('/v1/decisions', { action: 'deployment.create' }, admin)).status).toBe(503);
  expect((await auth.post('/v1/people', { name: 'z@example.com', password, roles: ['viewer'] }, admin)).status).toBe(503);
  expect((await fetch(`${auth.url}/readyz`)).status).toBe(503);
  await auth.postgres.restart();
  expect((await signIn('ada@example.com')).status).toBe(201);
  expect(await auth.count('people')).toBe(people);
}, 30_000);
