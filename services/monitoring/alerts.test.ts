import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '../kit/test/until.ts';
import { startAlerting } from './test/start-alerting.ts';

let it: Awaited<ReturnType<typeof startAlerting>>;
beforeAll(async () => { it = await startAlerting(); }, 60_000);
afterAll(() => it?.stop(), 60_000);

const wish = { name: 'ShopFails', what: 'errorShare', workload: 'shop', comparison: 'above', threshold: 0.5, windowSeconds: 10, forSeconds: 0, keepFiringSeconds: 0, severity: 'ticket' };
interface View { readonly name: string; readonly state: string; readonly fingerprint: string; readonly rule: string; readonly silences: readonly object[]; readonly acknowledgements: readonly object[]; readonly told?: { readonly sentAt: number | null; readonly tries: number } }
const alertNamed = async (name: string): Promise<View | undefined> => (await it.ask('GET', '/v1/alerts', undefined, 'viewer')).body.alerts.find((one: View) => one.name === name);
const inState = (name: string, state: string) => until(`${name} is ${state}`, async () => {
  const one = await alertNamed(name);
  return one?.state === state ? one : undefined;
}, 25_000);
const toldOf = (name: string, status: string) => it.told.filter(({ webhook }) => webhook.alerts.some((one) => one.labels['alertname'] === name && one.status === status));
const failing = async <T>(work: () => Promise<T>): Promise<T> => {
  const timer = setInterval(() => { void it.request('failures'); }, 100);
  try { return await work(); } finally { clearInterval(timer); }
};

test('the model\'s rules are there with their PromQL, and nobody changes them', async () => {
  const { body } = await it.ask('GET', '/v1/alert-rules', undefined, 'viewer');
  expect(body.workloads).toEqual(['shop', 'gone']);
  expect(body.rules.map(({ name }: View) => name)).toEqual(['ShopAbsent', 'GoneAbsent', ...['Availability', 'Latency'].flatMap((kind) => ['1h', '6h', '1d', '3d'].map((window) => `Shop${kind}Burn${window}`))]);
  expect((await it.ask('PUT', '/v1/alert-rules/00000000-0000-4000-8000-000000000000', wish)).status).toBe(404);
});

test.each([
  ['a share above 1', { threshold: 2 }, 400], ['a workload that is none', { workload: 'nobody' }, 404], ['a name that Prometheus refuses', { name: 'a b' }, 400],
  ['a window of an hour and a day', { windowSeconds: 90_000 }, 400], ['a route of something absent', { what: 'absent', route: 'GET /v1/things' }, 400],
])('%s is refused', async (_, more, status) => {
  expect((await it.ask('POST', '/v1/alert-rules', { ...wish, ...more })).status).toBe(status);
});

test('breach → firing → told → acknowledged → silenced → resolved; a restart and a second replica repeat nothing', async () => {
  expect((await it.ask('POST', '/v1/alert-rules', wish, 'viewer')).status).toBe(403);
  await it.request('failures');
  await failing(async () => {
    const preview = await until('the preview is a breach', async () => {
      const { body } = await it.ask('POST', '/v1/alert-rules/preview', wish, 'viewer');
      return body.breached ? body : undefined;
    }, 10_000);
    expect(preview).toMatchObject({ expr: expect.stringContaining('http_response_status_code=~"5.."') });
    const created = await it.ask('POST', '/v1/alert-rules', wish);
    expect([created.status, created.body.by]).toEqual([201, 'otto@example.com']);
    expect((await it.ask('POST', '/v1/alert-rules', wish)).status).toBe(409);
    const began = Date.now();
    const firing = await inState('ShopFails', 'firing');
    expect(Date.now() - began).toBeLessThan(15_000);
    await until('it was told', () => toldOf('ShopFails', 'firing').length > 0, 10_000);
    expect(toldOf('ShopFails', 'firing')[0]?.webhook).toMatchObject({ version: '4', groupKey: '{}:{workload="shop"}', receiver: 'notification', status: 'firing', externalURL: 'https://pages.example.com', alerts: [{ generatorURL: `https://pages.example.com/alerts?alert=${firing.fingerprint}` }] });
    expect((await it.ask('POST', `/v1/alerts/${firing.fingerprint}/acknowledgement`, { reason: 'I look' })).status).toBe(201);
    expect((await it.ask('POST', `/v1/alerts/${firing.fingerprint}/acknowledgement`, { reason: 'I too' })).status).toBe(409);
    expect((await alertNamed('ShopFails'))?.acknowledgements).toEqual([expect.objectContaining({ by: 'otto@example.com', reason: 'I look', until: null })]);
    // Monitoring goes and comes back twice over.
    await it.stopReplicas();
    await it.replica();
    await it.replica();
    await until('both have looked', async () => (await it.sql('select count(*)::int as n from alerts where seen_ms > (extract(epoch from now()) * 1000 - 1500)'))[0]?.['n'] !== 0, 10_000);
    await inState('ShopFails', 'firing');
    const silenced = await it.ask('POST', '/v1/silences', { matchers: [{ name: 'alertname', value: 'Shop.*', isRegex: true, isEqual: true }], seconds: 600, reason: 'known' });
    expect(silenced.status).toBe(201);
    expect((await alertNamed('ShopFails'))?.silences).toEqual([expect.objectContaining({ by: 'otto@example.com', reason: 'known' })]);
    expect((await it.ask('DELETE', `/v1/silences/${silenced.body.id}`)).status).toBe(204);
  });
  await inState('ShopFails', 'resolved');
  await until('its end was told', () => toldOf('ShopFails', 'resolved').length > 0, 10_000);
  expect((await alertNamed('ShopFails'))?.acknowledgements).toEqual([]);
  expect([toldOf('ShopFails', 'firing').length, toldOf('ShopFails', 'resolved').length]).toEqual([1, 1]);
  const { body } = await it.ask('GET', '/v1/alerts/history', undefined, 'viewer');
  expect(body.entries.filter((one: View) => one.name === 'ShopFails').map(({ change }: { change: string }) => change).toReversed())
    .toEqual(['firing', 'told', 'acknowledged', 'silenced', 'unsilenced', 'resolved', 'told']);
  expect((await it.sql(`select action from audit order by id`)).map(({ action }) => action)).toEqual(['monitoring.createAlertRule', 'monitoring.acknowledgeAlert', 'monitoring.createSilence', 'monitoring.endSilence']);
}, 90_000);

test('a test goes the whole way; what cannot be sent waits, what was sent and not answered goes again under its own key', async () => {
  it.beAway(true);
  const { body: { rule } } = await it.ask('POST', '/v1/alerts/test', { reason: 'does it ring?', seconds: 8 });
  const waiting = await until('it was tried', async () => {
    const one = await alertNamed('TestAlert');
    return one && one.rule === rule && (one.told?.tries ?? 0) > 0 ? one : undefined;
  }, 15_000);
  expect(waiting).toMatchObject({ state: 'firing', test: true, told: { sentAt: null } });
  it.loseAnswers(true);
  it.beAway(false);
  await until('it came', () => toldOf('TestAlert', 'firing').length > 0, 15_000);
  it.loseAnswers(false);
  await inState('TestAlert', 'resolved');
  await until('its end came', () => toldOf('TestAlert', 'resolved').length > 0, 20_000);
  expect(new Set(toldOf('TestAlert', 'firing').map(({ key }) => key)).size).toBe(1);
  expect(toldOf('TestAlert', 'firing').length).toBeGreaterThan(1);
  expect(toldOf('TestAlert', 'firing')[0]?.webhook.alerts[0]).toMatchObject({ labels: { test: 'true' }, annotations: { summary: expect.stringContaining('does it ring?') } });
}, 60_000);
