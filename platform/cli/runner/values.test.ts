import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { addressOf, shownUrl } from './values.ts';
import { overrideOf, provide } from './backings.ts';
import { folderOf, installationOf } from './folder.ts';
import { localModel, prepare, type LocalModel, type Prepared } from './prepare.ts';
import { envFor, policyFor } from './values.ts';
import { refusal } from './guard-policy.ts';
import { migrationStamp } from './migrations.ts';

let root = '';
let model: LocalModel;
let prepared: Prepared;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'journey-values-'));
  model = await localModel();
  prepared = await prepare(folderOf(root), model, {});
});
afterAll(() => rmSync(root, { recursive: true }));
const processNamed = (name: string) => {
  const found = model.plan.processes.find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
};

test('a process gets what its contract declares, with the ports and passwords of this installation', () => {
  const env = envFor(processNamed('gateway'), prepared.own);
  const { ports, secrets } = prepared;
  expect(env).toMatchObject({
    HOST: '127.0.0.1', PORT: String(ports['gateway.http']), METRICS_PORT: String(ports['gateway.metrics']), INSTALLATION: installationOf(root), REVISION: 'worktree',
    AUTH_URL: `http://127.0.0.1:${ports['auth.http']}`, COOKIE_KEY: secrets.values['gateway-cookie-key'],
    SESSIONS: `postgres://sessions:${secrets.passwords['sessions']}@127.0.0.1:${ports['postgres']}/journey?schema=sessions`,
  });
  expect(Object.keys(env).toSorted()).toEqual(Object.keys(processNamed('gateway').env).toSorted());
  expect(envFor(processNamed('monitoring'), prepared.own)['WORKLOADS']).toContain(`gateway=http://127.0.0.1:${ports['gateway.metrics']}`);
  expect(envFor(processNamed('auth'), prepared.own)['SIGNING_KEY']).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  const notification = envFor(processNamed('notification'), prepared.own);
  expect(notification['MAIL']).toBe(`smtp://127.0.0.1:${ports['mail']}`);
  expect(notification['ARCHIVE']).toMatch(/^file:\/\/\/.*\/\.journey\/data\/objects\/archive$/);
});

test('the guard lets it reach its references and itself, and nobody else', () => {
  const policy = policyFor(model.plan, processNamed('gateway'), prepared.own);
  const at = (name: string) => ({ kind: 'tcp', host: '127.0.0.1', port: prepared.ports[name] ?? 0 }) as const;
  for (const name of ['auth.http', 'deployment.http', 'monitoring.http', 'gateway.http', 'postgres']) expect(refusal(policy, at(name))).toBeUndefined();
  expect(refusal(policy, at('notification.http'))).toMatch(/no reference to notification .*NOTIFICATION_URL/);
  expect(refusal(policy, at('auth.metrics'))).toMatch(/no reference to auth/);
  expect(refusal(policy, at('mail'))).toMatch(/no reference to post .*MAIL: mail\(\)/);
});

test('what was decided once stays', async () => {
  const again = await prepare(folderOf(root), model, {});
  expect(again.ports).toEqual(prepared.ports);
  expect(again.secrets).toEqual(prepared.secrets);
});

test('a variable with a URL replaces a backing, and its address is allowed', async () => {
  const urls = { SESSIONS_URL: 'rediss://u:p@cache.example.com/0', IDENTITY_URL: 'postgres://u:p@db.example.com/x' };
  const other = await prepare(folderOf(root), model, urls);
  expect(other.backings.find(({ name }) => name === 'sessions')).toEqual({ name: 'sessions', kind: 'cache', provider: 'external', url: urls.SESSIONS_URL });
  expect(Object.keys(other.roles)).not.toContain('sessions');
  expect(policyFor(model.plan, processNamed('gateway'), other.own).allow).toContainEqual({ host: 'cache.example.com', port: 6379 });
  const stamp = (own: Prepared['own']) => migrationStamp(folderOf(join(import.meta.dirname, '../../..')), processNamed('auth'), own);
  expect(stamp(other.own)).not.toBe(stamp(prepared.own));
  expect(stamp(prepared.own)).toBe(stamp(prepared.own));
});

test('telemetry is monitoring\'s own until a variable names a server, whose address is then allowed', async () => {
  const monitoring = processNamed('monitoring');
  expect(envFor(monitoring, prepared.own)).toMatchObject({ METRICS: 'own:', LOGS: 'own:', TRACES: 'own:' });
  const url = 'http://:token@prometheus.example.com:9090/?namespace=x';
  const other = await prepare(folderOf(root), model, { METRICS_URL: url });
  expect(envFor(monitoring, other.own)).toMatchObject({ METRICS: url, LOGS: 'own:' });
  const allows = (own: Prepared['own']) => policyFor(model.plan, monitoring, own).allow.some(({ host }) => host === 'prometheus.example.com');
  expect([allows(prepared.own), allows(other.own)]).toEqual([false, true]);
  await expect(prepare(folderOf(root), model, { METRICS_URL: 'ftp://x' })).rejects.toMatchObject({ code: 2 });
});

test.each([['http://x', /starts with http:/], ['nonsense', /not a URL/]])('a URL that cannot be one is refused: %s', (url, why) => {
  const cache = { name: 'sessions', kind: 'cache', provider: 'embedded', override: 'SESSIONS_URL' } as const;
  expect(() => overrideOf(cache, { SESSIONS_URL: url })).toThrow(expect.objectContaining({ code: 2, why: expect.stringMatching(why) }));
  expect(overrideOf(cache, { SESSIONS_URL: '' })).toBeUndefined();
  expect(overrideOf({ name: 'vault', kind: 'secrets', provider: 'embedded' }, {})).toBeUndefined();
});

test('a backing that is somebody else\'s needs its URL',  () => {
  const plan = { ...model.plan, backings: [{ name: 'x', kind: 'cache', provider: 'external', override: 'X_URL' } as const] };
  expect(() => provide(plan, { data: root, remote: root, ports: {}, passwords: {}, env: {} })).toThrow(expect.objectContaining({ code: 3, fix: expect.stringContaining('X_URL') }));
});

test('addresses of URLs, and what of them is shown', () => {
  expect(addressOf('amqp://h')).toEqual({ host: 'h', port: 5672 });
  expect(addressOf('postgres://[::1]:99/x')).toEqual({ host: '::1', port: 99 });
  for (const none of [undefined, 'x', 'file:///x', 'odd://h']) expect(addressOf(none)).toBeUndefined();
  expect(shownUrl('postgres://user:secret@h:1/db?schema=x')).toBe('postgres://h:1/db');
  expect(shownUrl('secret')).toBe('(not a URL)');
});
