import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startConfiguration, type TestConfiguration } from './test/start-configuration.ts';

let service: TestConfiguration;
beforeAll(async () => { service = await startConfiguration(); }, 60_000);
afterAll(() => service.stop());

let environment: string;
let path: string;
let turn = 0;
beforeEach(async () => {
  environment = `env-${turn++}`;
  path = `/v1/settings/${environment}/deployment-freeze`;
  await service.synthesize(environment);
});
const freeze = { frozen: true, reason: 'release week' };
const records = () => service.sql('select person, action, subject, detail, trace_id from audit where subject like $1 order by id', [`${environment}/%`]);

test('a setting that nobody wrote has its default, as version 0', async () => {
  expect(await service.get(path)).toMatchObject({
    status: 200, body: { environment, name: 'deployment-freeze', value: { frozen: false, reason: '' }, version: 0, source: 'default' },
  });
  expect(await service.get(`/v1/settings/${environment}/colour`)).toMatchObject({ status: 404, body: { code: 'not_found', fix: expect.stringContaining('PUT') } });
});

test('a write is the next version, with its record; then the database answers, then the cache', async () => {
  const written = await service.put(path, { value: freeze });
  expect(written).toMatchObject({ status: 200, body: { environment, name: 'deployment-freeze', value: freeze, version: 1, source: 'database' } });
  expect((await service.get(path)).body).toMatchObject({ value: freeze, version: 1, source: 'database' });
  expect((await service.get(path)).body).toMatchObject({ value: freeze, version: 1, source: 'cache' });
  expect((await service.put(path, { value: { frozen: false, reason: '' } })).body).toMatchObject({ version: 2 });
  expect((await service.get(path)).body).toMatchObject({ value: { frozen: false, reason: '' }, version: 2, source: 'database' });
  const [first, second] = await records();
  expect(first).toEqual({
    person: 'otto@example.com', action: 'configuration.write', subject: `${environment}/deployment-freeze`,
    detail: { version: 1, value: freeze }, trace_id: written.headers.get('trace-id'),
  });
  expect(second).toMatchObject({ detail: { version: 2 } });
  expect(await service.sql('select version, changed_by from settings where environment = $1 order by version', [environment]))
    .toEqual([{ version: 1, changed_by: 'otto@example.com' }, { version: 2, changed_by: 'otto@example.com' }]);
});

test('twenty writers at once: twenty versions, and the last one is what is read', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, (_, n) => service.put(`/v1/settings/${environment}/colour`, { value: { n } })));
  const versions = all.map(({ status, body }) => [status, body['version']]).sort((a, b) => Number(a[1]) - Number(b[1]));
  expect(versions).toEqual(Array.from({ length: 20 }, (_, n) => [200, n + 1]));
  const last = all.find(({ body }) => body['version'] === 20);
  expect((await service.get(`/v1/settings/${environment}/colour`)).body).toMatchObject({ version: 20, value: last?.body['value'] });
});

test('the value of a known setting is checked, and all that is wrong is named', async () => {
  const answer = await service.put(path, { value: { frozen: 'yes', more: 1 } });
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_body', errors: [{ path: '/value/frozen' }, { path: '/value/reason' }, { path: '/value' }] } });
  expect((await service.put(path, { value: [1] })).status).toBe(400);
  expect((await service.put(path, { value: freeze, version: 7 })).status).toBe(400);
  expect((await service.get('/v1/settings/UPPER/x')).status).toBe(400);
  expect((await service.get(path)).body).toMatchObject({ version: 0 });
  expect(await records()).toEqual([]);
});

test('an environment that does not exist is neither read nor frozen, and the near one is named; no name leads out', async () => {
  await service.synthesize('production');
  const typo = '/v1/settings/prodution/deployment-freeze';
  const refused = { status: 404, body: { code: 'not_found', detail: 'There is no environment "prodution".', fix: 'Did you mean "production"?' } };
  expect(await service.put(typo, { value: freeze })).toMatchObject(refused);
  expect(await service.get(typo)).toMatchObject(refused);
  expect(await service.sql(`select 1 from settings where environment = 'prodution'`)).toEqual([]);
  for (const out of ['..%2fsynth', '%2e%2e', 'a%2f..']) expect((await service.put(`/v1/settings/${out}/deployment-freeze`, { value: freeze })).status).not.toBe(200);
});

test('a viewer reads and does not write; without a token neither', async () => {
  const viewer = service.kit.tokenFor('vera@example.com', 'viewer');
  expect((await service.get(path, viewer)).status).toBe(200);
  expect(await service.put(path, { value: freeze }, viewer)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  expect((await service.get(path, null)).status).toBe(401);
  expect((await service.put(path, { value: freeze }, null)).status).toBe(401);
  expect(await records()).toEqual([]);
});

test('a workload that acts later reads the rule with the key of the workloads; a person does not', async () => {
  await service.put(path, { value: freeze });
  const rule = path.replace('/v1/settings/', '/v1/rules/');
  expect(await service.get(rule, service.kit.workloadKey)).toMatchObject({ status: 200, body: { value: freeze, version: 1 } });
  expect((await service.get(rule)).status).toBe(401);
  expect((await service.get(rule, null)).status).toBe(401);
  expect((await service.get(path, service.kit.workloadKey)).status).toBe(401);
});

test('without its audit record nothing is written', async () => {
  await service.sql('alter table audit rename to audit_away');
  try {
    expect(await service.put(path, { value: freeze })).toMatchObject({ status: 500, body: { code: 'audit_failed' } });
  } finally {
    await service.sql('alter table audit_away rename to audit');
  }
  expect((await service.get(path)).body).toMatchObject({ version: 0 });
});

test('an audit record is never changed or removed', async () => {
  await service.put(path, { value: freeze });
  await expect(service.sql('delete from audit')).rejects.toThrow(/never changed/);
  await expect(service.sql('update audit set person = $1', ['nobody'])).rejects.toThrow(/never changed/);
});

test('a cache that is away is done without, and the log says so', async () => {
  const alone = await startConfiguration('redis://127.0.0.1:1');
  try {
    await alone.synthesize('production');
    const other = `/v1/settings/production/deployment-freeze`;
    expect((await alone.put(other, { value: freeze })).status).toBe(200);
    expect((await alone.get(other)).body).toMatchObject({ value: freeze, version: 1, source: 'database' });
    expect((await alone.get(other)).body).toMatchObject({ source: 'database' });
    expect(alone.kit.lines.map(({ message }) => message)).toEqual(expect.arrayContaining([
      'the cache is away; answering from the database', 'the cache is away; the old value may be answered for 10 s',
    ]));
    expect((await fetchReady(alone))).toBe(200);
  } finally {
    await alone.stop();
  }
}, 60_000);

test('what lies in the cache is not believed when it is no setting', async () => {
  await service.put(path, { value: freeze });
  await service.get(path);
  await new Promise((resolve) => { setTimeout(resolve, 1100); });
  await service.sql(`update "settings-cache".cache set value = '{"frozen": false}'`);
  expect((await service.get(path)).body).toMatchObject({ value: freeze, source: 'database' });
});

test('a database that is away is unavailable, names the service, and comes back', async () => {
  await service.put(path, { value: freeze });
  await service.postgres.kill();
  const answer = await service.put(path, { value: { frozen: false, reason: '' } });
  expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable', at: 'configuration' } });
  expect(await service.get(path)).toMatchObject({ status: 503 });
  await service.postgres.restart();
  expect((await service.get(path)).body).toMatchObject({ value: freeze, version: 1 });
});

async function fetchReady(of: TestConfiguration): Promise<number> {
  return (await fetch(`${of.metricsUrl}/readyz`)).status;
}
