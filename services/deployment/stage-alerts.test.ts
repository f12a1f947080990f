import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { alertmanagerBinary, startAlertmanager } from '../kit/test/servers/alertmanager.ts';
import { describeWith } from '../kit/test/servers/describe-with.ts';
import type { TestServer } from '../kit/test/servers/server.ts';
import { until } from '../kit/test/until.ts';
import { startDeployment, type TestDeployment } from './test/start-deployment.ts';

/** The labels of every alert that the rules of auth make there, by the committed file. */
function rulesOf(environment: string): readonly Readonly<Record<string, string>>[] {
  const [rules] = parseAllDocuments(readFileSync(join(import.meta.dirname, `../../synth/${environment}/observability/auth.yaml`), 'utf8')).map((one): unknown => one.toJS());
  const { groups } = Object(Object(rules).spec) as { readonly groups: readonly { readonly rules: readonly { readonly alert?: string; readonly labels?: Readonly<Record<string, string>> }[] }[] };
  return groups.flatMap(({ rules }) => rules.flatMap(({ alert, labels = {} }) => (alert === undefined ? [] : [{ ...labels, alertname: alert }])));
}

/** What fires where a release comes from holds it back, by a real Alertmanager. */
describeWith('Alertmanager', alertmanagerBinary(), () => {
  let [alertmanager, deployment]: [TestServer | undefined, TestDeployment | undefined] = [undefined, undefined];
  beforeAll(async () => {
    alertmanager = await startAlertmanager();
    deployment = await startDeployment({ ALERTS: `${alertmanager.url}/?settled=0` });
  }, 60_000);
  afterAll(async () => {
    await deployment?.stop();
    await alertmanager?.stop();
  });

  const post = async (path: string, body: unknown): Promise<unknown> => {
    const answer = await fetch(`${alertmanager?.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    expect(answer.status).toBe(200);
    return answer.headers.get('content-type')?.includes('json') === true ? await answer.json() : undefined;
  };
  const firing = (labels: Readonly<Record<string, string>>) => ({ labels, startsAt: '2026-01-02T03:04:05Z' });
  /** What is said of alerts for the promotion that waits. */
  const told = async (pull: unknown): Promise<readonly string[]> => {
    const { body } = await deployment?.call('GET', `/v1/pulls/${String(pull)}`) ?? { body: {} };
    return (Object((body as Readonly<Record<string, unknown>>)['pull']) as { readonly hindrances: readonly string[] }).hindrances.filter((text) => /alert/i.test(text));
  };

  test('a promotion waits while an alert fires in the stage before, for that stage alone; silenced, inhibited and made-to-fire ones do not count', async () => {
    const asked = await deployment?.call('POST', '/v1/promotions', { body: { from: 'dev', to: 'staging', reason: 'on' } });
    const { pull } = await deployment?.becomes(asked?.body['id'], 'proposed') ?? { pull: 0 };
    expect(await told(pull)).toEqual([]);
    const [dev, staging] = [rulesOf('dev'), rulesOf('staging')];
    const [page, ticket] = ['page', 'ticket'].map((severity) => dev.find((labels) => labels['severity'] === severity));
    expect([page, ticket]).toMatchObject([{ workload: 'auth' }, { workload: 'auth' }]);
    // As Prometheus would send them: with the labels that our rules give.
    await post('/api/v2/alerts', [page ?? {}, ticket ?? {}, ...staging, { alertname: 'Watchdog', severity: 'none', environment: 'dev' }].map(firing));
    await until('it is told', async () => (await told(pull)).length > 0);
    expect(await told(pull)).toEqual([`1 alert fires in dev: ${String(page?.['alertname'])} of auth since 2026-01-02T03:04Z. Wait until it is resolved; what is known and harmless can be silenced there.`]);
    await post('/api/v2/silences', { matchers: [{ name: 'environment', value: 'dev', isRegex: false, isEqual: true }], startsAt: new Date().toISOString(), endsAt: new Date(Date.now() + 60_000).toISOString(), createdBy: 'ada@example.com', comment: 'known' });
    await until('it is silenced', async () => (await told(pull)).length === 0);
  }, 60_000);

  test('an Alertmanager that is away holds back what cannot be known, with what helps', async () => {
    const asked = await deployment?.call('POST', '/v1/promotions', { body: { from: 'dev', to: 'staging', workloads: ['auth'], reason: 'once more' } });
    const { pull } = await deployment?.becomes(asked?.body['id'], 'proposed') ?? { pull: 0 };
    await alertmanager?.kill();
    // An answer of a moment ago is shared for a second.
    await until('it is told', async () => (await told(pull)).length > 0);
    expect(await told(pull)).toEqual([expect.stringMatching(/^Whether alerts fire in dev cannot be read now \(.*\): look whether its Alertmanager runs\.$/)]);
  }, 60_000);
}, '.ci/servers.sh');
