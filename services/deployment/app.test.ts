import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { deploymentRequested } from './contract.ts';
import { notFrozen, startDeployment, type TestDeployment } from './test/start-deployment.ts';

const ask = { workload: 'gateway', environment: 'local', revision: 'worktree', reason: 'to see it move' };
let deployment: TestDeployment;

beforeAll(async () => { deployment = await startDeployment(); }, 60_000);
afterAll(() => deployment.stop());
beforeEach(() => { deployment.configuration.answer = notFrozen; });

const create = (body: unknown = ask, o: { readonly token?: string | null; readonly key?: string } = {}) => deployment.call('POST', '/v1/deployments', { body, ...o });
/** Nobody consumes in this test, so the queue confirms nothing and every event stays in the outbox. */
const events = async () => (await deployment.sql('select event from outbox order by id')).map((row) => Object(row['event']));

test('one request is one row, one audit record and one event, all of the same trace', async () => {
  const before = await deployment.counts();
  const answer = await create();
  expect(answer.status).toBe(202);
  expect(answer.body).toMatchObject({ ...ask, status: 'requested', requestedBy: 'otto@example.com', traceId: answer.headers.get('trace-id') });
  expect(await deployment.counts()).toEqual(before.map((n) => n + 1));
  const [record] = await deployment.sql('select person, action, subject, detail, trace_id from audit order by id desc limit 1');
  expect(record).toEqual({ person: 'otto@example.com', action: 'deployment.create', subject: answer.body['id'], detail: ask, trace_id: answer.body['traceId'] });
  expect((await events()).at(-1)).toMatchObject({ specversion: '1.0', source: '/deployment', type: deploymentRequested, data: answer.body, traceparent: expect.stringContaining(String(answer.body['traceId'])) });
  const said = deployment.kit.lines.filter(({ message, trace_id: id }) => message === 'deployment request taken' && id === answer.body['traceId']);
  expect(said).toMatchObject([{ level: 'info', id: answer.body['id'], workload: 'gateway', forEnvironment: 'local', span_id: expect.any(String) }]);
});

test('what was written is read back, newest first', async () => {
  const first = await create({ ...ask, reason: 'first' });
  const second = await create({ ...ask, reason: 'second' });
  const viewer = deployment.kit.tokenFor('vera@example.com', 'viewer');
  const list = await deployment.call('GET', '/v1/deployments', { token: viewer });
  expect(list.body['deployments']).toEqual(expect.arrayContaining([second.body, first.body]));
  expect(Object(list.body['deployments'])[0]).toEqual(second.body);
  expect((await deployment.call('GET', `/v1/deployments/${String(first.body['id'])}`, { token: viewer })).body).toEqual(first.body);
  expect((await deployment.call('GET', '/v1/deployments/00000000-0000-4000-8000-000000000000')).status).toBe(404);
  expect((await deployment.call('GET', '/v1/deployments/1')).status).toBe(400);
});

test('the graph of an environment is handed out as it was synthesized', async () => {
  const graph = await deployment.call('GET', '/v1/environments/local/journey');
  expect(graph.body['nodes']).toHaveLength(3);
  expect(await deployment.call('GET', '/v1/environments/locl/journey')).toMatchObject({ status: 404, body: { fix: 'Did you mean "local"?' } });
  for (const path of ['..', '%2e%2e', '..%2flocal', 'local%00']) expect((await deployment.call('GET', `/v1/environments/${path}/journey`)).status).toBeGreaterThanOrEqual(400);
});

test('the same key sent twice is the same request; another body or another person is not', async () => {
  const before = await deployment.counts();
  const first = await create(ask, { key: 'key-1' });
  const again = await create(ask, { key: '"key-1"' });
  expect([again.status, again.body]).toEqual([first.status, first.body]);
  expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([null, 'true']);
  expect(await deployment.counts()).toEqual(before.map((n) => n + 1));
  expect(await create({ ...ask, reason: 'another' }, { key: 'key-1' })).toMatchObject({ status: 409, body: { code: 'conflict' } });
  expect((await create(ask, { key: 'key 1' })).status).toBe(400);
  const other = await create(ask, { key: 'key-1', token: deployment.kit.tokenFor('olga@example.com', 'operator') });
  expect(other.body['id']).not.toBe(first.body['id']);
  expect(await deployment.counts()).toEqual(before.map((n) => n + 2));
});

test('a repeat is answered although the environment was frozen meanwhile', async () => {
  const first = await create(ask, { key: 'key-2' });
  deployment.configuration.answer = { status: 200, body: { value: { frozen: true } } };
  expect((await create(ask, { key: 'key-2' })).body).toEqual(first.body);
});

test('ten at once with one key write once', async () => {
  const before = await deployment.counts();
  const answers = await Promise.all(Array.from({ length: 10 }, () => create(ask, { key: 'key-3' })));
  expect(new Set(answers.map((answer) => answer.body['id'])).size).toBe(1);
  expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 10 }, () => 202));
  expect(await deployment.counts()).toEqual(before.map((n) => n + 1));
});

test.each<[string, Partial<typeof ask>, string]>([
  ['a misspelt workload', { workload: 'gatway' }, 'Did you mean "gateway"?'], ['a backing', { workload: 'sessions' }, 'There is: gateway, auth.'],
  ['a misspelt environment', { environment: 'loca' }, 'Did you mean "local"?'],
])('%s is refused with what to write instead', async (_, wrong, fix) => {
  const before = await deployment.counts();
  const asked = deployment.configuration.asked;
  expect(await create({ ...ask, ...wrong })).toMatchObject({ status: 400, body: { code: 'invalid_body', fix } });
  expect(await deployment.counts()).toEqual(before);
  expect(deployment.configuration.asked).toBe(asked);
});

test.each<[string, unknown, number, string]>([
  ['a way out of the folder', { ...ask, environment: '../local' }, 400, 'invalid_body'], ['a tag for a revision', { ...ask, revision: 'latest' }, 400, 'invalid_body'],
  ['an extra field', { ...ask, requestedBy: 'admin' }, 400, 'invalid_body'], ['no JSON', '{', 400, 'not_json'], ['NUL', { ...ask, reason: 'a\0' }, 400, 'invalid_body'],
  ['10,000 levels', `{"reason":${'['.repeat(10_000)}`, 400, 'too_deep'], ['10 MB', { ...ask, reason: 'x'.repeat(10_000_000) }, 413, 'too_large'],
])('%s is refused and nothing is written', async (_, body, status, code) => {
  const before = await deployment.counts();
  expect(await create(body)).toMatchObject({ status, body: { code } });
  expect(await deployment.counts()).toEqual(before);
});

test('viewers and strangers ask for nothing', async () => {
  const before = await deployment.counts();
  expect((await create(ask, { token: null })).status).toBe(401);
  expect((await create(ask, { token: 'rubbish' })).status).toBe(401);
  expect((await create(ask, { token: deployment.kit.tokenFor('vera@example.com', 'viewer') })).status).toBe(403);
  expect(await deployment.counts()).toEqual(before);
});

test('a frozen environment takes nothing, and says why', async () => {
  const before = await deployment.counts();
  deployment.configuration.answer = { status: 200, body: { value: { frozen: true, reason: 'release week' } } };
  expect(await create()).toMatchObject({ status: 409, body: { code: 'frozen', detail: 'local is frozen: release week.' } });
  deployment.configuration.answer = { status: 200, body: { value: { frozen: true } } };
  expect((await create()).body['detail']).toBe('local is frozen: no reason was given.');
  expect(await deployment.counts()).toEqual(before);
});

test('with configuration gone, failing or talking rubbish nothing is written, and the answer names it', async () => {
  const before = await deployment.counts();
  for (const body of [{ value: { frozen: 'no' } }, {}, 'rubbish']) {
    deployment.configuration.answer = { status: 200, body };
    expect(await create()).toMatchObject({ status: 502, body: { code: 'upstream_unavailable', at: 'configuration' } });
  }
  deployment.configuration.answer = { status: 503, body: { code: 'unavailable', detail: 'The database configuration.DATABASE does not answer.', at: 'configuration' } };
  expect(await create()).toMatchObject({ status: 503, body: { code: 'unavailable', at: 'configuration' } });
  await deployment.configuration.close();
  expect(await create()).toMatchObject({ status: 502, body: { code: 'upstream_unavailable', at: 'configuration' } });
  await deployment.configuration.open();
  expect(await deployment.counts()).toEqual(before);
  deployment.configuration.answer = notFrozen;
  expect((await create()).status).toBe(202);
});

test.each(['audit', 'outbox'])('when %s cannot be written, nothing is', async (table) => {
  const [requests] = await deployment.counts();
  await deployment.sql(`alter table ${table} rename to away`);
  const answer = await create(ask, { key: `without ${table}`.replace(' ', '-') });
  await deployment.sql(`alter table away rename to ${table}`);
  expect(answer.status).toBe(500);
  expect((await deployment.counts())[0]).toBe(requests);
});

test('with the database gone it says so, writes nothing, and works again when it is back', async () => {
  const before = await deployment.counts();
  await deployment.postgres.kill();
  expect(await create()).toMatchObject({ status: 503, body: { code: 'unavailable', at: 'deployment' } });
  expect((await fetch(`${deployment.url}/readyz`)).status).toBe(503);
  await deployment.postgres.restart();
  expect(await deployment.counts()).toEqual(before);
  expect((await create()).status).toBe(202);
}, 30_000);
