import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { commitOf } from '../kit/git-objects.ts';
import { alertmanagerBinary, startAlertmanager } from '../kit/test/servers/alertmanager.ts';
import { describeWith } from '../kit/test/servers/describe-with.ts';
import type { TestServer } from '../kit/test/servers/server.ts';
import { until } from '../kit/test/until.ts';
import { digest } from './test/fake-argocd.ts';
import { startFakeCluster, type FakeCluster } from './test/fake-cluster.ts';
import { environmentTexts, push, textAt } from './test/fixture-repository.ts';
import { startDeployment, type TestDeployment } from './test/start-deployment.ts';

/** In a cluster nobody but its alerts sees what is answered: a real Alertmanager beside the Argo CD engine. */
describeWith('Alertmanager', alertmanagerBinary(), () => {
  let alertmanager: TestServer;
  let deployment: TestDeployment;
  let cluster: FakeCluster;
  beforeAll(async () => {
    alertmanager = await startAlertmanager();
    deployment = await startDeployment(async (repository) => {
      await push(repository, environmentTexts('dev', { release: { gateway: digest('a'), auth: digest('e') }, knobs: { rateLimit: 200, mood: 'calm' }, delivery: { approvals: { release: 0, model: 1 } } }));
      cluster = await startFakeCluster(repository, ['dev']);
      return { ENGINE: cluster.argocd.url, ALERTS: `${alertmanager.url}/?settled=0` };
    });
  }, 60_000);
  afterAll(async () => {
    await deployment.stop();
    await cluster.stop();
    await alertmanager.stop();
  });

  const fires = async (...alerts: readonly { readonly workload: string; readonly environment: string; readonly severity: string; readonly startsAt?: string }[]): Promise<void> => {
    const body = alerts.map(({ startsAt = new Date().toISOString(), ...labels }) => ({ labels: { alertname: `${labels.workload}-burns-${labels.severity}`, ...labels }, startsAt }));
    expect((await fetch(`${alertmanager.url}/api/v2/alerts`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).status).toBe(200);
  };
  const released = async (workload: string, letter: string) => {
    const asked = await deployment.call('POST', '/v1/deployments', { body: { workload, environment: 'dev', revision: digest(letter), reason: 'on' } });
    return deployment.becomes(asked.body['id'], 'succeeded');
  };
  const statusOf = async (id: string) => (await deployment.call('GET', `/v1/deployments/${id}`)).body['status'];
  const onMain = async () => JSON.parse(await textAt(deployment.repository, await commitOf(deployment.repository, 'refs/heads/main') ?? '', 'environments/releases/dev.json')) as unknown;

  test('what fires elsewhere, for another workload, since before, or for a working day takes nothing back; what pages after the rollout does, and what it brought is held', async () => {
    const [good, bad] = [await released('gateway', 'b'), await released('auth', 'f')];
    await fires(
      { workload: 'auth', environment: 'dev', severity: 'page' }, { workload: 'gateway', environment: 'staging', severity: 'page' },
      { workload: 'gateway', environment: 'dev', severity: 'ticket' }, { workload: 'gateway', environment: 'dev', severity: 'critical', startsAt: new Date(Date.now() - 3_600_000).toISOString() },
    );
    const done = await deployment.becomes(bad.id, 'rolledBack');
    expect(done).toMatchObject({ outcome: 'Taken back by itself.', evidence: [expect.stringMatching(/^auth-burns-page fires for auth in dev since .*Z, \d+ s after its rollout began\.$/)] });
    expect(await onMain()).toEqual({ gateway: { image: digest('b') }, auth: { image: digest('e') } });
    await until('the old one answers', () => cluster.answers('dev-auth') === digest('e'));
    expect(Object((await deployment.call('GET', '/v1/holds')).body['holds'])).toEqual([expect.objectContaining({ environment: 'dev', subject: 'release/auth', value: digest('f'), by: 'automatic', reason: expect.stringContaining('auth-burns-page') })]);
    // The alert that condemned the one has been looked at with all the others; it still fires, and the rollback is not blamed for it.
    expect([await statusOf(good.id), cluster.answers('dev-gateway')]).toEqual(['succeeded', digest('b')]);
  }, 90_000);

  test('while it cannot be read whether alerts fire, nothing is condemned for that', async () => {
    await alertmanager.kill();
    // Before it counts as good they are asked for, and nobody answers.
    await released('gateway', 'c');
  }, 60_000);
}, '.ci/servers.sh');
