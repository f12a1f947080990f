import { expect, test } from '@jest/globals';
import type { JudgedAlert } from './alert.ts';
import { inhibitedBy } from './inhibition.ts';
import { GROUP_WAIT_MS, newGroup, REPEAT_MS, tell, type Group } from './telling.ts';
import { webhookOf } from './webhook.ts';

const alert = (fingerprint: string, more: Partial<JudgedAlert> = {}): JudgedAlert => ({
  rule: fingerprint, fingerprint, phase: 'firing', activeAt: 1000, firedAt: 1000, breachedAt: 1000, resolvedAt: null, seenAt: 1000, value: 1,
  labels: { alertname: fingerprint, workload: 'gateway', environment: 'test', severity: 'page', indicator: 'availability' }, annotations: { summary: 's' },
  silencedBy: [], acknowledgedBy: [], inhibitedBy: [], ...more,
});
const over = (fingerprint: string, more: Partial<JudgedAlert> = {}) => alert(fingerprint, { phase: 'inactive', resolvedAt: 9000, ...more });
/** Group wait is over at once. */
const twice = (group: Group, alerts: readonly JudgedAlert[], now: number) => tell(tell(group, alerts, now).group, alerts, now + GROUP_WAIT_MS);
const names = (message: { readonly alerts: readonly JudgedAlert[] } | undefined) => message?.alerts.map(({ fingerprint }) => fingerprint);

test('waits for neighbours, tells all of them once, and is silent then', () => {
  const first = tell(newGroup('g'), [alert('a')], 1000);
  expect(first.message).toBeUndefined();
  const second = tell(first.group, [alert('a'), alert('b')], 1000 + GROUP_WAIT_MS);
  expect([second.message?.status, names(second.message)]).toEqual(['firing', ['a', 'b']]);
  for (const later of [2, 60_000, REPEAT_MS - 1]) expect(tell(second.group, [alert('a'), alert('b')], 1000 + GROUP_WAIT_MS + later).message).toBeUndefined();
});

test('what is over before anybody was told is not told', () => {
  const { group } = tell(newGroup('g'), [alert('a')], 1000);
  expect(twice(group, [over('a')], 2000).message).toBeUndefined();
});

test('one is over while another fires: the message fires and holds both; then all is over', () => {
  const told = twice(newGroup('g'), [alert('a'), alert('b')], 1000);
  const half = twice(told.group, [over('a'), alert('b')], 10_000);
  expect([half.message?.status, names(half.message)]).toEqual(['firing', ['b', 'a']]);
  const end = twice(half.group, [over('a'), over('b')], 20_000);
  expect([end.message?.status, names(end.message), end.group.told]).toEqual(['resolved', ['b'], {}]);
  expect(twice(end.group, [over('a'), over('b')], 30_000).message).toBeUndefined();
});

test('told again after four hours, unless somebody looks after it; its end is told all the same', () => {
  const told = twice(newGroup('g'), [alert('a')], 1000);
  const again = tell(told.group, [alert('a')], 3000 + REPEAT_MS);
  expect([names(again.message), again.message?.repeat]).toEqual([['a'], 1]);
  const taken = alert('a', { acknowledgedBy: ['x'] });
  expect(tell(told.group, [taken], 3000 + REPEAT_MS).message).toBeUndefined();
  expect(twice(told.group, [over('a', { acknowledgedBy: ['x'] })], 20_000).message?.status).toBe('resolved');
});

test('silenced or inhibited: neither the beginning nor the end; when the silence ends and it fires still, it is told', () => {
  for (const quiet of [{ silencedBy: ['x'] }, { inhibitedBy: ['x'] }]) {
    const silent = twice(newGroup('g'), [alert('a', quiet)], 1000);
    expect(silent.message).toBeUndefined();
    expect(twice(silent.group, [over('a', quiet)], 9000).message).toBeUndefined();
    expect(names(twice(silent.group, [alert('a')], 9000).message)).toEqual(['a']);
  }
});

test('told and then silenced: over in silence. Told and then inhibited: its end is told', () => {
  const { group } = twice(newGroup('g'), [alert('a')], 1000);
  expect(twice(group, [over('a', { silencedBy: ['x'] })], 9000)).toEqual({ group: expect.objectContaining({ told: {} }) });
  expect(twice(group, [over('a', { inhibitedBy: ['x'] })], 9000).message?.status).toBe('resolved');
});

test('the same rule firing anew is news', () => {
  const told = twice(newGroup('g'), [alert('a')], 1000);
  expect(twice(told.group, [alert('a', { firedAt: 50_000 })], 50_000).message).toMatchObject({ status: 'firing', repeat: 0 });
});

test('a workload that is gone explains the rest of it; a page makes the ticket of the same thing idle; a test neither', () => {
  const of = (fingerprint: string, labels: Record<string, string>) => ({ fingerprint, labels: { ...alert('x').labels, ...labels } });
  const [gone, page, ticket] = [of('gone', { indicator: 'presence' }), of('page', {}), of('ticket', { severity: 'ticket' })];
  const all = [gone, page, ticket];
  expect(all.map((one) => inhibitedBy(one, all))).toEqual([[], ['gone'], ['gone', 'page']]);
  expect(inhibitedBy(ticket, [of('page', { workload: 'auth' }), of('page', { indicator: 'latency' }), of('page', { test: 'true' })])).toEqual([]);
  expect(inhibitedBy(of('b', { indicator: 'presence' }), [gone])).toEqual([]);
});

test('the webhook is version 4: what all have in common, an end only for what is over', () => {
  const group = webhookOf('{}:{workload="gateway"}', { status: 'firing', alerts: [alert('a'), over('b')], repeat: 0 }, '');
  expect(group).toMatchObject({ version: '4', status: 'firing', receiver: 'notification', groupLabels: { workload: 'gateway' }, truncatedAlerts: 0, commonLabels: { workload: 'gateway', severity: 'page' } });
  expect(group.commonLabels).not.toHaveProperty('alertname');
  expect(group.alerts.map(({ status, startsAt, endsAt }) => [status, startsAt, endsAt])).toEqual([
    ['firing', '1970-01-01T00:00:01.000Z', '0001-01-01T00:00:00Z'], ['resolved', '1970-01-01T00:00:01.000Z', '1970-01-01T00:00:09.000Z'],
  ]);
});
