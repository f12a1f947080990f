import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { durationBuckets } from '../../../services/kit/standard.ts';
import { available, p99, type Objective, type Platform } from '../../model/index.ts';
import { at, documentsIn, each } from '../test/objects.ts';
import { plaza, synthetic, yard } from '../test/synthetic.ts';
import { observability } from './observability.ts';

const ruleOf = (name: string, from = synthetic as Platform, environment = yard) => documentsIn(observability(from, environment).find(({ path }) => path === `observability/${name}.yaml`)?.text ?? '')[0];
const rulesIn = (rule: unknown) => each(rule, 'spec', 'groups').flatMap((group) => each(group, 'rules'));
const named = (rule: unknown, name: string) => rulesIn(rule).find((one) => at(one, 'alert') === name || at(one, 'record') === name);
const promising = (name: keyof typeof synthetic.workloads, ...slo: [Objective, ...Objective[]]): Platform => {
  const { options } = synthetic.workloads[name];
  return { ...synthetic, workloads: { ...(synthetic as Platform).workloads, [name]: { ...(synthetic as Platform).workloads[name]!, options: { ...options, slo } } } };
};

test('a file for each workload, saying what it declares', () => {
  expect(observability(synthetic, yard).map(({ path, declares }) => [path, declares])).toEqual(
    ['desk', 'ledger', 'courier', 'seals', 'tower'].map((name) => [`observability/${name}.yaml`, [{ object: `PrometheusRule/${name}`, workload: name }]]),
  );
  expect(ruleOf('desk')).toMatchObject({ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'desk', namespace: 'journey-yard', labels: { 'app.kubernetes.io/name': 'desk' } } });
});

test('an alert for each pair of windows, by the table of the SRE workbook', () => {
  const bad = (window: string) => `journey:availability_bad:ratio_rate${window}{workload="desk",environment="yard"}`;
  const alert = (window: string) => named(ruleOf('desk'), `DeskAvailabilityBurn${window}`);
  expect(['1h', '6h', '1d', '3d'].map((window) => [at(alert(window), 'expr'), at(alert(window), 'labels', 'severity')])).toEqual([
    [`${bad('1h')} > (14.4 * 0.0005) and ${bad('5m')} > (14.4 * 0.0005)`, 'page'],
    [`${bad('6h')} > (6 * 0.0005) and ${bad('30m')} > (6 * 0.0005)`, 'page'],
    [`${bad('1d')} > (3 * 0.0005) and ${bad('2h')} > (3 * 0.0005)`, 'ticket'],
    [`${bad('3d')} > (1 * 0.0005) and ${bad('6h')} > (1 * 0.0005)`, 'ticket'],
  ]);
});

test('what an alert reads is recorded, with the labels it is read by', () => {
  for (const name of Object.keys(synthetic.workloads)) {
    const rule = ruleOf(name);
    const recorded = new Set(rulesIn(rule).flatMap((one) => (at(one, 'record') ? [`${String(at(one, 'record'))}{workload="${String(at(one, 'labels', 'workload'))}",environment="${String(at(one, 'labels', 'environment'))}"}`] : [])));
    const read = rulesIn(rule).flatMap((one) => (at(one, 'alert') ? String(at(one, 'expr')).match(/journey:\S+\{[^}]*\}/g) ?? [] : []));
    expect(new Set(read)).toEqual(recorded);
  }
});

test('availability is the share of 5xx: of the workload itself, else at the door, else of the time it was there', () => {
  const bad = (name: string, from?: Platform) => at(named(ruleOf(name, from), 'journey:availability_bad:ratio_rate5m'), 'expr');
  const own = 'namespace="journey-yard",job="desk"';
  expect(bad('desk')).toBe(`sum(rate(http_server_request_duration_seconds_count{${own},http_response_status_code=~"5.."}[5m])) / sum(rate(http_server_request_duration_seconds_count{${own}}[5m]))`);
  expect(bad('courier')).toBe('1 - avg_over_time((max(kube_deployment_status_replicas_available{namespace="journey-yard",deployment="courier"}) > bool 0)[5m:1m])');
  const model: Platform = synthetic;
  const courier = model.workloads['courier']!;
  const open: Platform = { ...model, workloads: { ...model.workloads, courier: { ...courier, options: { ...courier.options, public: { host: 'van' } } } } };
  const door = 'nginx_ingress_controller_requests{host="van.yard.example.com"';
  expect(bad('courier', open)).toBe(`sum(rate(${door},status=~"5.."}[5m])) / sum(rate(${door}}[5m]))`);
});

test('latency is the share that a bucket of the histogram does not hold', () => {
  const own = 'namespace="journey-yard",job="desk"';
  const metric = 'http_server_request_duration_seconds';
  const bad = (from?: Platform) => at(named(ruleOf('desk', from), 'journey:latency_bad:ratio_rate1h'), 'expr');
  expect(bad()).toBe(`1 - sum(rate(${metric}_bucket{${own},le="0.25"}[1h])) / sum(rate(${metric}_count{${own}}[1h]))`);
  expect(bad(promising('desk', p99('1000ms')))).toContain(String.raw`le=~"1(\\.0)?"`);
  expect(at(named(ruleOf('desk'), 'DeskLatencyBurn1h'), 'expr')).toContain('> (14.4 * 0.01)');
  expect(durationBuckets).toContain(0.25);
});

test('a workload that is gone pages too', () => {
  expect(named(ruleOf('seals'), 'SealsAbsent')).toMatchObject({ expr: 'absent(kube_deployment_status_replicas_available{namespace="journey-yard",deployment="seals"} > 0)', for: '2m', labels: { severity: 'page' } });
});

test('every alert says how bad it is and what to do, in a page that exists; its name is unique', () => {
  const alerts = observability(synthetic, plaza).flatMap(({ text }) => rulesIn(documentsIn(text)[0])).filter((one) => at(one, 'alert'));
  expect(alerts).toHaveLength(5 * 5 + 4);
  expect(new Set(alerts.map((one) => at(one, 'alert'))).size).toBe(alerts.length);
  for (const alert of alerts) {
    expect(alert).toMatchObject({ labels: { severity: expect.stringMatching(/^(page|ticket)$/), environment: 'plaza' }, annotations: { summary: expect.any(String), description: expect.any(String) } });
    const page = String(at(alert, 'annotations', 'runbook_url'));
    expect(existsSync(fileURLToPath(new URL(`../../../${page}`, import.meta.url)))).toBe(true);
  }
});

test.each<[string, Platform, RegExp]>([
  ['two promises of one kind', promising('desk', available('99%'), available('99.9%')), /two objectives of the kind availability/],
  ['a latency that nothing measures', promising('courier', p99('100ms')), /it has no metrics port/],
  ['a latency between two buckets', promising('desk', p99('120ms')), /its histogram cannot tell/],
  ['a promise without a budget', promising('desk', available('100%')), /no availability alert can guard that/],
  ['a promise that can hardly be broken', promising('desk', available('90%')), /no availability alert can guard that/],
])('%s is refused', (_, wrong, message) => {
  expect(() => observability(wrong, yard)).toThrow(message);
});
