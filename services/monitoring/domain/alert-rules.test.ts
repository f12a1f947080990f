import { expect, test } from '@jest/globals';
import type { AlertRule } from './alert-rule.ts';
import { readRule, type AlertReadings } from './alert-readings.ts';
import { filtersOf } from './matcher-text.ts';
import { modelRules, secondsOf } from './model-rules.ts';
import type { Measured } from './red.ts';
import { fits, matches, wrongMatchers, type Matcher } from './silence.ts';

const rule = (more: Partial<AlertRule> = {}): AlertRule => ({
  id: 'r', name: 'R', origin: 'person', what: 'errorShare', workload: 'shop', comparison: 'above', threshold: 0.1, windowSeconds: 60, forSeconds: 0, keepFiringSeconds: 0, severity: 'page', summary: 's', ...more,
});
const measured = (status: string, count: number, buckets: readonly number[] = [count, 0], service = 'shop'): Measured => ({
  at: 1, point: { count, sum: 0, max: 0, buckets },
  series: { key: status, service, name: 'http_server_request_duration_seconds', kind: 'histogram', bounds: [0.1], labels: { http_request_method: 'GET', http_route: `/v1/${status}`, http_response_status_code: status } },
});
const readings = (of: (seconds: number) => readonly Measured[], up?: boolean): AlertReadings => ({ now: 1_000_000, requests: of, isUp: () => up });
const all = [measured('200', 80), measured('503', 20), measured('500', 900, [900, 0], 'other')];

test.each<[string, Partial<AlertRule>, number | null, boolean]>([
  ['the share of 5xx of its workload alone', {}, 0.2, true],
  ['of one route', { route: 'GET /v1/200' }, 0, false],
  ['below', { comparison: 'below', threshold: 0.3 }, 0.2, true],
  ['requests per second', { what: 'requestRate', threshold: 2 }, 100 / 60, false],
  ['no requests are a rate of 0', { what: 'requestRate', workload: 'idle', comparison: 'below', threshold: 1 }, 0, true],
  ['no requests have no error share', { workload: 'idle', comparison: 'below', threshold: 1 }, null, false],
  ['exactly the threshold is no breach', { threshold: 0.2 }, 0.2, false],
])('%s', (_, more, value, breached) => {
  expect(readRule(rule(more), readings(() => all))).toMatchObject({ value, breached });
});

test('p99 comes from the buckets', () => {
  expect(readRule(rule({ what: 'p99', threshold: 0.05 }), readings(() => [measured('200', 100, [100, 0])])).value).toBeCloseTo(0.099, 3);
});

test('absent: gone is a breach, there is none, and not looked at yet is neither', () => {
  expect([false, true, undefined].map((up) => readRule(rule({ what: 'absent' }), readings(() => [], up)))).toEqual([
    { value: 1, breached: true, requests: 0 }, { value: 0, breached: false, requests: 0 }, { value: null, breached: false, requests: 0 },
  ]);
});

test('a burn needs both windows: over in the short one is over', () => {
  const [absent, fast] = modelRules([{ name: 'shop', objectives: [{ kind: 'availability', target: '99.9%' }] }], ['shop']);
  expect([absent?.name, fast?.name, fast?.severity, fast?.threshold]).toEqual(['ShopAbsent', 'ShopAvailabilityBurn1h', 'page', 14.4 * 0.001]);
  const [bad, good] = [[measured('200', 98), measured('500', 2)], [measured('200', 98)]];
  const read = (long: readonly Measured[], short: readonly Measured[]) => fast && readRule(fast, readings((seconds) => (seconds === 3600 ? long : seconds === 300 ? short : []))).breached;
  expect([read(bad, bad), read(bad, good), read(good, bad), read(bad, [])]).toEqual([true, false, false, false]);
});

test('a burn is not judged before there are figures for the whole of its short window', () => {
  const rules = modelRules([{ name: 'shop', objectives: [{ kind: 'availability', target: '99.9%' }] }], []);
  const bad = [measured('200', 98), measured('500', 20)];
  // The figures begin at second 1.
  const firing = (now: number) => rules.filter((one) => readRule(one, { now: now * 1000, requests: () => bad, isUp: () => true }).breached).map(({ name }) => name.slice('ShopAvailability'.length));
  expect([300, 301, 1801, 7201, 21_601].map(firing)).toEqual([[], ['Burn1h'], ['Burn1h', 'Burn6h'], ['Burn1h', 'Burn6h', 'Burn1d'], ['Burn1h', 'Burn6h', 'Burn1d', 'Burn3d']]);
});

test('a burn over a release with other buckets: what is slow stays slow, and no more', () => {
  const [fast] = modelRules([{ name: 'shop', objectives: [{ kind: 'latency', under: '100ms' }] }], []);
  const newer = measured('200', 100, [50, 40, 10]);
  const mixed = [measured('200', 100, [90, 10]), { ...newer, series: { ...newer.series, bounds: [0.05, 0.1] } }];
  expect(fast && readRule(fast, readings(() => mixed)).value).toBeCloseTo(0.1);
});

test('a latency burn counts what the bucket of its bound does not hold', () => {
  const [, fast] = modelRules([{ name: 'shop', objectives: [{ kind: 'latency', under: '100ms' }] }], ['shop']);
  expect(fast && readRule(fast, readings(() => [measured('200', 100, [80, 20])])).value).toBeCloseTo(0.2);
  expect([secondsOf('5m'), secondsOf('1h'), secondsOf('3d')]).toEqual([300, 3600, 259_200]);
});

const matcher = (name: string, value: string, isRegex = false, isEqual = true): Matcher => ({ name, value, isRegex, isEqual });
test('matchers are Alertmanager\'s: whole value, absent is empty, all must fit', () => {
  const labels = { workload: 'gateway', severity: 'page' };
  expect([matcher('workload', 'gateway'), matcher('workload', 'gate'), matcher('workload', 'gate', true), matcher('workload', 'gate.*|auth', true), matcher('route', ''), matcher('severity', 'page', false, false)].map((one) => matches(one, labels)))
    .toEqual([true, false, false, true, true, false]);
  expect(fits({ matchers: [matcher('workload', 'gateway'), matcher('severity', 'ticket')] }, labels)).toBe(false);
});

test.each([['everything', matcher('workload', '.*', true)], ['what is absent', matcher('x', '')], ['a bomb', matcher('workload', '(a+)+$', true)], ['a long one', matcher('workload', 'a'.repeat(201), true)], ['a bare star', matcher('workload', 'a*', true)]])('%s is refused', (_, one) => {
  expect(wrongMatchers([one])).toEqual(expect.any(String));
});

test('filters as amtool sends them', () => {
  expect(filtersOf(['workload="gate\\"way"', 'severity=~page|ticket', 'x!="y"'])).toEqual([matcher('workload', 'gate"way'), matcher('severity', 'page|ticket', true), matcher('x', 'y', false, false)]);
  expect([filtersOf(undefined), typeof filtersOf('nonsense'), typeof filtersOf('a="b'), filtersOf(' a = b ')]).toEqual([[], 'string', 'string', [matcher('a', 'b')]]);
  // A pattern that would be read otherwise than it is meant is refused.
  expect([filtersOf('workload!~(gateway|auth)'), filtersOf('workload=~"a*"')]).toEqual([expect.stringMatching(/^The pattern of workload may hold/), expect.any(String)]);
});
