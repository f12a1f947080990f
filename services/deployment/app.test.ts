import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { deploymentRequested } from './contract.ts';
import { until } from '../kit/test/until.ts';
import { frozen, notFrozen } from './test/fake-configuration.ts';
import { commitOn, push, revisions } from './test/fixture-repository.ts';
import { startDeployment, type TestDeployment } from './test/start-deployment.ts';

const ask = { workload: 'gateway', environment: 'local', revision: 'worktree', reason: 'to see it move' };
let deployment: TestDeployment;
// Git on a busy machine.
jest.setTimeout(60_000);

beforeAll(async () => {
  deployment = await startDeployment();
  // Requests are looked at as they are taken: nothing brings their events to the worker in this file.
  await deployment.sql(`create function keep_event() returns trigger language plpgsql as $$ begin new.next_try := 'infinity'; return new; end $$;
    create trigger keep_event before insert on outbox for each row execute function keep_event()`);
});
afterAll(() => deployment.stop());
beforeEach(() => { deployment.configuration.answer = notFrozen; });

const create = (body: unknown = ask, o: { readonly token?: string | null; readonly key?: string } = {}) => deployment.call('POST', '/v1/deployments', { body, ...o });
const events = async () => (await deployment.sql('select event from outbox order by id')).map((row) => Object(row['event']));

test('one request is one row, one audit record and one event, all of the same trace', async () => {
  const before = await deployment.counts();
  const answer = await create();
  expect(answer.status).toBe(202);
  const { revision, workload, environment, reason } = ask;
  expect(answer.body).toMatchObject({ revision, workload, environment, reason, kind: 'release', summary: 'gateway → worktree', status: 'requested', requestedBy: 'otto@example.com', traceId: answer.headers.get('trace-id') });
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
  const viewer = deployment.token('vera@example.com', 'viewer');
  const list = await deployment.call('GET', '/v1/deployments', { token: viewer });
  expect(list.body['deployments']).toEqual(expect.arrayContaining([second.body, first.body]));
  expect(Object(list.body['deployments'])[0]).toEqual(second.body);
  expect((await deployment.call('GET', `/v1/deployments/${String(first.body['id'])}`, { token: viewer })).body).toEqual(first.body);
  expect((await deployment.call('GET', '/v1/deployments/00000000-0000-4000-8000-000000000000')).status).toBe(404);
  expect((await deployment.call('GET', '/v1/deployments/1')).status).toBe(400);
});

test('what began a journey or became a pull request is found, however many were asked for after it', async () => {
  const { body } = await create({ ...ask, reason: 'long ago' });
  await deployment.sql('update requests set pull = 77 where id = $1', [body['id']]);
  await deployment.sql(`insert into requests (id, kind, environment, summary, reason, status, requested_by, requested_at, trace_id, pull)
    select gen_random_uuid(), 'knob', 'local', 'later', 'later', 'closed', 'otto@example.com', now() + n * interval '1 second', md5(n::text), 1000 + n from generate_series(1, 60) n`);
  const found = async (query: string) => Object((await deployment.call('GET', `/v1/deployments${query}`)).body['deployments']).map(({ id }: { id: string }) => id);
  expect(await found('')).toHaveLength(50);
  expect(await found('')).not.toContain(body['id']);
  expect(await found(`?traceId=${String(body['traceId'])}`)).toEqual([body['id']]);
  expect(await found('?pull=77')).toEqual([body['id']]);
  expect(await found(`?pull=77&traceId=${'0'.repeat(32)}`)).toEqual([]);
  for (const query of ['pull=0', 'pull=x', 'pull=1%20or%201=1', 'pull=9999999999', 'traceId=x', `traceId=${'A'.repeat(32)}`, "traceId=' or ''='", 'limit=1000', 'pull=1&pull=2']) expect([query, (await deployment.call('GET', `/v1/deployments?${query}`)).status]).toEqual([query, 400]);
  await deployment.sql(`delete from requests where summary = 'later'`);
});

test('the graph of an environment is handed out as it was synthesized', async () => {
  const graph = await deployment.call('GET', '/v1/environments/local/journey');
  expect(graph.body['nodes']).toHaveLength(3);
  expect(await deployment.call('GET', '/v1/environments/locl/journey')).toMatchObject({ status: 404, body: { fix: 'Did you mean "local"?' } });
  for (const path of ['..', '%2e%2e', '..%2flocal', 'local%00']) expect((await deployment.call('GET', `/v1/environments/${path}/journey`)).status).toBeGreaterThanOrEqual(400);
});

test('environments are listed as promotions travel: first what none reaches, then stage after stage', async () => {
  const { body } = await deployment.call('GET', '/v1/environments');
  expect((body['environments'] as { name: string }[]).map(({ name }) => name)).toEqual(['local', 'dev', 'staging', 'production']);
});

test('what declared a hop: the line with its source, who put it there, and the manifests byte by byte', async () => {
  const source = (gap: string) => `${Array.from({ length: 15 }, (_, i) => `// ${i + 1}`).join('\n')}\n${gap}  AUTH_URL: auth,\n  // after\n`;
  const config = 'kind: ConfigMap\nmetadata:\n  name: gateway\ndata:\n  AUTH_URL: http://auth:8080\n';
  const graph = (line: number) => JSON.stringify({
    nodes: [{ name: 'gateway', kind: 'workload', release: 'worktree', declaredAt: 'platform/workloads/gateway.ts:1', files: [] }],
    edges: [{ reference: 'gateway.AUTH_URL', declaredAt: `platform/workloads/gateway.ts:${line}`, manifests: ['config.yaml', 'gone.yaml'] }], secrets: [], knobs: [], delivery: { approvals: { release: 0, model: 1 } },
  });
  const first = await push(deployment.repository, { 'platform/workloads/gateway.ts': source(''), 'synth/shown/journey.json': graph(16), 'synth/shown/config.yaml': config }, { message: 'gateway asks auth\n\nWhy.\n\nPull-Request: 7\n', author: 'mara@example.com' });
  const shown = async (query: string) => await deployment.call('GET', `/v1/environments/shown/declaration?${query}`, { token: deployment.token('vera@example.com', 'viewer') });
  // The tip of main is looked up once a second.
  await until('it is known', async () => (await shown('reference=gateway.AUTH_URL')).body['commit'] === first);
  const { status, body } = await shown('reference=gateway.AUTH_URL');
  expect([status, body['commit'], body['declaredAt']]).toEqual([200, first, 'platform/workloads/gateway.ts:16']);
  // Whoever may push may write a trailer: a pull request that nobody knows of is not told.
  expect(body['put']).toEqual({ commit: first, author: 'mara@example.com', at: expect.any(String), summary: 'gateway asks auth' });
  const { lines, from, line } = Object(body['source']) as { lines: string[]; from: number; line: number };
  expect([lines[line - from], lines.length, from]).toEqual(['  AUTH_URL: auth,', 9, 10]);
  expect(body['manifests']).toEqual([{ path: 'synth/shown/config.yaml', text: config, line: 5 }]);
  // Twenty blank lines above: another line, the same commit behind it, the same manifests.
  const second = await push(deployment.repository, { 'platform/workloads/gateway.ts': source('\n'.repeat(20)), 'synth/shown/journey.json': graph(36) }, { message: 'Room\n', author: 'eve@example.com' });
  await until('it is known', async () => (await shown('reference=gateway.AUTH_URL')).body['commit'] === second);
  const moved = (await shown('reference=gateway.AUTH_URL')).body;
  expect([moved['commit'], moved['declaredAt'], moved['put'], moved['manifests']]).toEqual([second, 'platform/workloads/gateway.ts:36', body['put'], body['manifests']]);
  expect((await shown('workload=gateway')).body).toMatchObject({ declaredAt: 'platform/workloads/gateway.ts:1', manifests: [] });
  expect(await shown('reference=gateway.AUTH_URI')).toMatchObject({ status: 404, body: { fix: 'Did you mean "gateway.AUTH_URL"?' } });
  for (const query of ['', 'reference=--output%3Dx', 'reference=gateway.AUTH_URL%0a', 'workload=..']) expect((await shown(query)).status).toBe(400);
});

test('the same key sent twice is the same request; another body, another route or another person is not', async () => {
  const before = await deployment.counts();
  const first = await create(ask, { key: 'key-1' });
  const again = await create(ask, { key: '"key-1"' });
  expect([again.status, again.body]).toEqual([first.status, first.body]);
  expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([null, 'true']);
  expect(await deployment.counts()).toEqual(before.map((n) => n + 1));
  expect(await create({ ...ask, reason: 'another' }, { key: 'key-1' })).toMatchObject({ status: 409, body: { code: 'conflict' } });
  const knob = { environment: 'local', knob: 'rateLimit', value: 100, reason: 'x' };
  expect(await deployment.call('POST', '/v1/changes', { body: knob, key: 'key-1' })).toMatchObject({ status: 409, body: { code: 'conflict' } });
  expect((await create(ask, { key: 'key 1' })).status).toBe(400);
  const other = await create(ask, { key: 'key-1', token: deployment.token('olga@example.com', 'operator') });
  expect(other.body['id']).not.toBe(first.body['id']);
  expect(await deployment.counts()).toEqual(before.map((n) => n + 2));
});

test('a repeat is answered although the environment was frozen meanwhile', async () => {
  const first = await create(ask, { key: 'key-2' });
  deployment.configuration.answer = frozen;
  expect((await create(ask, { key: 'key-2' })).body).toEqual(first.body);
});

test('ten at once with one key write once', async () => {
  const before = await deployment.counts();
  const answers = await Promise.all(Array.from({ length: 10 }, () => create(ask, { key: 'key-3' })));
  expect(new Set(answers.map((answer) => answer.body['id'])).size).toBe(1);
  expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 10 }, () => 202));
  expect(await deployment.counts()).toEqual(before.map((n) => n + 1));
});

const commit = 'c'.repeat(40);
test.each<[string, string, object, number, string | RegExp]>([
  ['a misspelt workload', 'deployments', { ...ask, workload: 'gatway' }, 400, 'Did you mean "gateway"?'],
  ['a backing', 'deployments', { ...ask, workload: 'sessions' }, 400, 'There is: gateway, auth.'],
  ['a misspelt environment', 'deployments', { ...ask, environment: 'loca' }, 400, 'Did you mean "local"?'],
  ['an image for a laptop', 'deployments', { ...ask, revision: revisions.digest }, 400, /40 hexadecimal digits, or "worktree"/],
  ['a revision for a cluster', 'deployments', { ...ask, environment: 'dev' }, 400, /digest of an image/],
  ['a commit that is not there', 'deployments', { ...ask, revision: commit }, 400, /Push it there first/],
  ['a stage skipped', 'deployments', { ...ask, environment: 'staging', revision: revisions.digest }, 400, /POST \/v1\/promotions \{"from": "dev", "to": "staging"/],
  ['a misspelt knob', 'changes', { environment: 'local', knob: 'rateLimt', value: 1, reason: 'x' }, 400, 'Did you mean "rateLimit"?'],
  ['a text for a number', 'changes', { environment: 'local', knob: 'rateLimit', value: '1', reason: 'x' }, 400, 'Send a number.'],
  ['a number for a text', 'changes', { environment: 'local', knob: 'mood', value: 1, reason: 'x' }, 400, 'Send a text.'],
  ['a knob of nowhere', 'changes', { environment: 'lcal', knob: 'rateLimit', value: 1, reason: 'x' }, 400, 'Did you mean "local"?'],
  ['a knob and a size', 'changes', { environment: 'local', knob: 'rateLimit', value: 1, workload: 'gateway', replicas: 2, reason: 'x' }, 400, 'One request changes one thing.'],
  ['nothing to change', 'changes', { environment: 'local', reason: 'x' }, 400, 'One request changes one thing.'],
  ['an autoscaler for a laptop', 'changes', { environment: 'local', workload: 'gateway', replicas: 2, most: 4, reason: 'x' }, 400, 'Leave `most` out.'],
  ['less than the least', 'changes', { environment: 'dev', workload: 'gateway', replicas: 5, most: 4, reason: 'x' }, 400, 'Send `most` of at least `replicas`.'],
  ['a size of nothing', 'changes', { environment: 'dev', workload: 'gatway', replicas: 2, reason: 'x' }, 400, 'Did you mean "gateway"?'],
  ['a promotion to the first stage', 'promotions', { from: 'local', to: 'dev', reason: 'x' }, 400, 'Ask for its release: POST /v1/deployments.'],
  ['a promotion that skips one', 'promotions', { from: 'dev', to: 'production', reason: 'x' }, 400, 'Send "from": "staging".'],
  ['a promotion of what was never built', 'promotions', { from: 'staging', to: 'production', reason: 'x' }, 409, 'Build it and release it in staging first.'],
  ['a promotion of one that was never built', 'promotions', { from: 'staging', to: 'production', workloads: ['auth'], reason: 'x' }, 409, 'Build it and release it in staging first.'],
  ['a promotion of nothing', 'promotions', { from: 'dev', to: 'staging', workloads: ['gatway'], reason: 'x' }, 400, 'Did you mean "gateway"?'],
  ['a promotion from nowhere', 'promotions', { from: 'de', to: 'staging', reason: 'x' }, 400, 'Did you mean "dev"?'],
  ['a rollback of what main does not hold', 'rollbacks', { environment: 'local', commit, reason: 'x' }, 400, /GET \/v1\/history/],
  ['a rollback of production without its name', 'rollbacks', { environment: 'production', commit, reason: 'x' }, 400, 'Send "confirm": "production".'],
  ['a rollback of production with another name', 'rollbacks', { environment: 'production', commit, reason: 'x', confirm: 'staging' }, 400, 'Send "confirm": "production".'],
])('%s is refused with what to do instead, and nothing is written', async (_, route, body, status, fix) => {
  const before = await deployment.counts();
  const asked = deployment.configuration.asked.length;
  const answer = await deployment.call('POST', `/v1/${route}`, { body });
  expect(answer).toMatchObject({ status, body: { fix: typeof fix === 'string' ? fix : expect.stringMatching(fix) } });
  expect(await deployment.counts()).toEqual(before);
  expect(deployment.configuration.asked).toHaveLength(asked);
});

test('the first commit of all cannot be taken back', async () => {
  const list = await deployment.call('GET', '/v1/history');
  const oldest = Object(list.body['entries']).at(-1);
  expect(await deployment.call('POST', '/v1/rollbacks', { body: { environment: 'local', commit: oldest.commit, reason: 'x' } })).toMatchObject({ status: 400, body: { detail: expect.stringContaining('first commit') } });
});

test.each<[string, unknown, number, string]>([
  ['a way out of the folder', { ...ask, environment: '../local' }, 400, 'invalid_body'], ['a tag for a revision', { ...ask, revision: 'latest' }, 400, 'invalid_body'],
  ['an option for a revision', { ...ask, revision: '--upload-pack=touch /tmp/x' }, 400, 'invalid_body'], ['an option for a workload', { ...ask, workload: '-c' }, 400, 'invalid_body'],
  ['an extra field', { ...ask, requestedBy: 'admin' }, 400, 'invalid_body'], ['no JSON', '{', 400, 'not_json'], ['NUL', { ...ask, reason: 'a\0' }, 400, 'invalid_body'],
  ['10,000 levels', `{"reason":${'['.repeat(10_000)}`, 400, 'too_deep'], ['10 MB', { ...ask, reason: 'x'.repeat(10_000_000) }, 413, 'too_large'],
])('%s is refused and nothing is written', async (_, body, status, code) => {
  const before = await deployment.counts();
  expect(await create(body)).toMatchObject({ status, body: { code } });
  expect(await deployment.counts()).toEqual(before);
});

test('viewers and strangers ask for nothing', async () => {
  const before = await deployment.counts();
  const viewer = deployment.token('vera@example.com', 'viewer');
  expect((await create(ask, { token: null })).status).toBe(401);
  expect((await create(ask, { token: 'rubbish' })).status).toBe(401);
  const routes: readonly (readonly [string, string, object])[] = [
    ['POST', '/v1/deployments', ask], ['POST', '/v1/changes', { environment: 'local', knob: 'rateLimit', value: 1, reason: 'x' }], ['POST', '/v1/promotions', { from: 'dev', to: 'staging', reason: 'x' }],
    ['POST', '/v1/rollbacks', { environment: 'local', commit, reason: 'x' }], ['POST', '/v1/pulls/1/approval', { commit }], ['POST', '/v1/pulls/1/merge', { commit }], ['POST', '/v1/pulls/1/closing', { reason: 'x' }],
    ['POST', '/v1/environments/local/sync', { reason: 'x' }], ['PUT', '/v1/environments/local/automatic', { automatic: false, reason: 'x' }], ['POST', '/v1/holds/1/lifting', { reason: 'x' }],
  ];
  for (const [method, path, body] of routes) expect([path, (await deployment.call(method, path, { body, token: viewer })).status]).toEqual([path, 403]);
  expect((await deployment.call('POST', '/v1/holds/1/lifting', { body: { reason: 'x' } })).status).toBe(403);
  expect(await deployment.counts()).toEqual(before);
});

test('a frozen environment takes nothing, and says why', async () => {
  const before = await deployment.counts();
  deployment.configuration.answer = frozen;
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

test('what is held is not asked for again, until an admin lifts it; what a version before kept in its database is held as well', async () => {
  const revision = await commitOn(deployment.repository, null, { 'a.txt': 'held' });
  await deployment.stopService();
  await deployment.sql(`insert into holds (environment, subject, value, reason, person) values ('dev', 'release/gateway', $1, 'it crashed', 'automatic'), ('local', 'knob/rateLimit', '1', 'too few', 'ada@example.com')`, [revision]);
  await deployment.startService();
  await until('both are carried over', async () => Object((await deployment.call('GET', '/v1/holds')).body['holds']).length === 2);
  expect(await deployment.sql('select lifted_by from holds')).toEqual([{ lifted_by: 'the record in git' }, { lifted_by: 'the record in git' }]);
  const before = await deployment.counts();
  expect(await create({ ...ask, revision })).toMatchObject({ status: 409, body: { code: 'conflict', detail: expect.stringContaining('it crashed'), fix: expect.stringContaining('/lifting') } });
  expect((await deployment.call('POST', '/v1/changes', { body: { environment: 'local', knob: 'rateLimit', value: 1, reason: 'x' } })).status).toBe(409);
  expect(await deployment.counts()).toEqual(before);
  const holds = Object((await deployment.call('GET', '/v1/holds')).body['holds']);
  expect(holds).toEqual(expect.arrayContaining([expect.objectContaining({ environment: 'dev', subject: 'release/gateway', value: revision, reason: 'it crashed', by: 'automatic' })]));
  const admin = deployment.token('ada@example.com', 'admin');
  const { id } = holds.find((one: { value: string }) => one.value === revision);
  expect(await deployment.call('POST', `/v1/holds/${id}/lifting`, { body: { reason: 'it was the disk' }, token: admin })).toMatchObject({ status: 200, body: { value: revision } });
  expect((await deployment.call('POST', `/v1/holds/${id}/lifting`, { body: { reason: 'again' }, token: admin })).status).toBe(404);
  expect((await deployment.sql(`select person, detail from audit where action = 'deployment.liftHold'`))).toEqual([{ person: 'ada@example.com', detail: { environment: 'dev', subject: 'release/gateway', value: revision, body: { reason: 'it was the disk' } } }]);
  expect((await create({ ...ask, revision })).status).toBe(202);
});

test.each(['audit', 'outbox'])('when %s cannot be written, nothing is', async (table) => {
  const [requests] = await deployment.counts();
  await deployment.sql(`alter table ${table} rename to away`);
  const answer = await create(ask, { key: `without-${table}` });
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
});
