import { expect, test } from '@jest/globals';
import { connectionTo } from '../../kit/test/connection.ts';
import { openStageAlerts } from './stage-alerts.ts';

type Call = Parameters<typeof openStageAlerts>[0]['call'];
const at = (url: string) => connectionTo('alerts', url, 'deployment.ALERTS');
/** An Alertmanager that answers this, and remembers what it was asked. */
function answering(body: unknown, status = 200, uptime: unknown = '2026-01-01T00:00:00Z') {
  const asked: { path: string; headers: unknown; host: string }[] = [];
  const call: Call = (endpoint, { path, headers, refused }) => {
    asked.push({ path, headers, host: endpoint.url.href });
    const answer = { status, body: path.endsWith('/status') ? { uptime } : body, headers: {} };
    return status === 200 ? Promise.resolve(answer) : Promise.reject(refused?.(answer) ?? new Error('refused'));
  };
  return { asked, call };
}

test('nobody is asked where nobody watches', async () => {
  const { asked, call } = answering([]);
  const alerts = openStageAlerts({ call }, at('own:'));
  expect([alerts.watched, await alerts.firing('dev'), asked]).toEqual([false, null, []]);
});

test('the environment stands in its labels, whatever is in it; who asks is let in by the URL', async () => {
  const { asked, call } = answering([{ labels: { alertname: 'Down', job: 'auth' }, startsAt: '2026-01-01T00:00:00Z' }]);
  const alerts = openStageAlerts({ call }, at('https://ada:s%23cret@alerts.example.com/base?namespace=journey-{environment}&cluster=a"b'));
  expect(await alerts.firing('dev"} or {x="')).toEqual([{ name: 'Down', workload: 'auth', since: '2026-01-01T00:00:00Z', severity: '' }]);
  const query = new URLSearchParams(asked[0]?.path.split('?')[1]);
  expect(query.getAll('filter')).toEqual(['severity!="none"', String.raw`namespace="journey-dev\"} or {x=\""`, String.raw`cluster="a\"b"`]);
  expect(['active', 'silenced', 'inhibited'].map((name) => query.get(name))).toEqual(['true', 'false', 'false']);
  expect(asked[0]).toMatchObject({ host: 'https://alerts.example.com/base', headers: { authorization: `Basic ${Buffer.from('ada:s#cret').toString('base64')}` } });
});

test('a URL that would take the alerts of all for those of each is refused, without being shown', () => {
  const { call } = answering([]);
  expect(() => openStageAlerts({ call }, at('https://:token@alerts.example.com/?namespace=all'))).toThrow('The URL of deployment.ALERTS does not say which alerts belong to an environment: end it with a label, as in ?environment={environment}, or with none.');
  expect(() => openStageAlerts({ call }, at('https://:t%zz@alerts.example.com/?a={environment}'))).toThrow(/holds a % that is not followed/);
});

test('without labels in the URL those of our own rules are taken; many who ask at once share one answer', async () => {
  const { asked, call } = answering([]);
  const alerts = openStageAlerts({ call }, at('https://a/'));
  await Promise.all(Array.from({ length: 50 }, () => alerts.firing('dev')));
  expect(asked.map(({ path }) => new URLSearchParams(path.split('?')[1]).getAll('filter'))).toEqual([['severity!="none"', 'environment="dev"'], []]);
});

test.each([[new Date().toISOString(), /has run for \d+ of 120 s/], [null, /no time of its start/], ['soon', /no time of its start/]])('one that has just started (%p) may not know yet what fires', async (uptime, why) => {
  await expect(openStageAlerts(answering([], 200, uptime), at('https://a/')).firing('dev')).rejects.toMatchObject({ detail: expect.stringMatching(why) });
  expect(() => openStageAlerts(answering([]), at('https://a/?settled=soon'))).toThrow('"settled" that is no number');
});

test.each([[{}], ['<html>'], [[1]], [[{ labels: null, startsAt: '' }]]])('an answer that is none (%j) is not "nothing fires"', async (body) => {
  await expect(openStageAlerts(answering(body), at('https://a/?e={environment}')).firing('dev')).rejects.toMatchObject({ code: 'upstream_unavailable' });
});

test('who is not let in is told what to correct', async () => {
  await expect(openStageAlerts(answering('', 401), at('https://a/?e={environment}')).firing('dev')).rejects.toMatchObject({ fix: expect.stringContaining('deployment.ALERTS') });
});
