import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectionTo } from '../../kit/test/connection.ts';
import { testContract } from '../../kit/test/contract.ts';
import { testKit } from '../../kit/test/kit.ts';
import { digest, startFakeArgoCd, type FakeArgoCd } from '../test/fake-argocd.ts';
import { startFakeReconciler } from '../test/fake-reconciler.ts';
import { makeRepository } from '../test/fixture-repository.ts';
import { openEngine } from './engine.ts';
import { engineSuite } from './engine.suite.ts';

const at = (url: string) => connectionTo('engine', url, 'deployment.ENGINE');
const wrongKey = (url: string) => { const other = new URL(url); other.password = 'wrong'; return other.href; };

describe('the local reconciler', () => {
  engineSuite(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'journey-test-engine-'));
    await makeRepository(join(folder, 'remote.git'));
    const fake = await startFakeReconciler(join(folder, 'remote.git'));
    return {
      name: 'local reconciler', environment: 'local', release: 'worktree',
      open: (kit) => openEngine(kit, at(fake.url)), openWrong: (kit) => openEngine(kit, at(wrongKey(fake.url))),
      drift: () => fake.see((all) => all.map((one) => (one.name === 'gateway' ? { ...one, sync: 'OutOfSync', drift: [{ field: 'env.RATE_LIMIT_RPS', desired: '200', live: '7' }] } : one))),
      garbage: (on) => { fake.garbage = on; }, away: () => fake.close(), back: () => fake.open(),
      async stop() {
        await fake.stop();
        await rm(folder, { recursive: true });
      },
    };
  });
});

describe('Argo CD', () => {
  engineSuite(async () => {
    const fake = await startFakeArgoCd();
    return {
      name: 'Argo CD', environment: 'dev', release: digest('a'), open: (kit) => openEngine(kit, at(fake.url)), openWrong: (kit) => openEngine(kit, at(wrongKey(fake.url))),
      drift: () => fake.drift('gateway'), garbage: (on) => { fake.garbage = on ? '{"items":[7]}' : undefined; }, away: () => fake.close(), back: () => fake.open(), stop: () => fake.close(),
    };
  });

  const kit = testKit(testContract);
  let fake: FakeArgoCd;
  beforeAll(async () => { fake = await startFakeArgoCd(); });
  afterAll(async () => {
    await fake.close();
    await kit.close();
  });
  const engine = () => openEngine(kit, at(fake.url));

  test('what is shared is synced first', async () => {
    await engine().sync('dev');
    expect(fake.synced[0]).toBe('dev-shared');
    expect(fake.synced).toHaveLength(3);
  });

  test('a sync may be of some alone', async () => {
    fake.synced.length = 0;
    await engine().sync('dev', ['gateway', 'gone']);
    expect(fake.synced).toEqual(['dev-gateway']);
  });

  test('a sync that runs already is what was asked for', async () => {
    fake.change('dev-gateway', (one) => ({ ...one, operation: {} }));
    expect((await engine().sync('dev')).environment).toBe('dev');
    fake.change('dev-gateway', ({ operation: _, ...one }) => one);
  });

  test('rights that it does not have are named', async () => {
    fake.denied.add('sync').add('update');
    await expect(engine().sync('dev')).rejects.toMatchObject({ code: 'forbidden', detail: expect.stringContaining('permission denied: applications, sync'), fix: expect.stringContaining('project role') });
    await expect(engine().setAutomatic('dev', false)).rejects.toMatchObject({ code: 'forbidden', detail: expect.stringContaining('applications, update') });
    fake.denied.clear();
  });

  test('a version that does not know the switch does not pretend', async () => {
    fake.knowsEnabled = false;
    await expect(engine().setAutomatic('dev', false)).rejects.toMatchObject({ code: 'upstream_unavailable', detail: expect.stringContaining('needs Argo CD 3') });
    fake.knowsEnabled = true;
  });

  test('applications of other shapes in the same project are not ours', async () => {
    const other = fake.applications.get('dev-auth');
    if (other !== undefined) fake.applications.set('root', { ...other, metadata: { ...other.metadata, name: 'root' } });
    expect((await engine().read('dev'))?.workloads.map(({ name }) => name)).toEqual(['auth', 'gateway', 'shared']);
    fake.applications.delete('root');
  });
});

test.each(['http://nobody@127.0.0.1:1/', 'http://127.0.0.1:1/'])('%s names no engine; its key is not told', (url) => {
  const kit = testKit(testContract);
  expect(() => openEngine(kit, at(url))).toThrow(/deployment\.ENGINE: no engine is called/);
});
