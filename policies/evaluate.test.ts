import { expect, test } from '@jest/globals';
import { evaluate } from './evaluate.ts';
import { manifestOf } from './manifest.ts';
import type { Journey, Rendered } from './rendered.ts';
import { breach } from './breach.ts';
import { rule } from './rule.ts';
import { gateway, journey } from './test/good.ts';

const graph = { ...journey, file: 'synth/dev/journey.json', object: 'journey' } as unknown as Journey;
const rendered = (journeyOf: Journey | undefined): Rendered => ({
  name: 'dev', folder: 'synth/dev', production: false, declaredAt: undefined, whole: false, stacks: [], releases: [], workloads: [], files: [], paths: [], journey: journeyOf,
  manifests: [manifestOf('synth/dev/kubernetes/gateway/x.yaml', 0, gateway.toAuth), manifestOf('synth/dev/kubernetes/gateway/y.yaml', 0, gateway.deployment)],
});
const about = { id: 'all', why: 'because', fix: 'mend it', serves: ['CIS'] };
const all = rule({ ...about, of: ({ manifests }) => manifests, check: (on) => [breach(on, ['spec', 'x', 0], 'is wrong')] });

test('a finding says where, what, why, how to mend it, and the line that declared it', () => {
  const { findings } = evaluate([rendered(graph)], [all]);
  expect(findings[0]).toEqual({
    rule: 'all', level: 'finding', file: 'synth/dev/kubernetes/gateway/x.yaml', object: 'NetworkPolicy/gateway-to-auth', path: 'spec.x[0]', what: 'is wrong',
    why: 'because', fix: 'mend it', serves: ['CIS'], declaredAt: 'platform/workloads/gateway.ts:9',
  });
  expect(findings[1]).toMatchObject({ object: 'Deployment/gateway', declaredAt: 'platform/workloads/gateway.ts:7' });
});

test('the line of a secret, and that of a backing whose resource carries its name', () => {
  const at = (place: object) => evaluate([rendered(graph)], [rule({ ...about, of: () => [1], check: () => [breach({ file: 'f', object: 'o', ...place }, [], 'x')] })]).findings[0]?.declaredAt;
  expect(at({ reference: 'gateway.COOKIE_KEY' })).toBe('platform/workloads/gateway.ts:12');
  expect(at({ object: 'aws_elasticache_replication_group.sessions' })).toBe('platform/backing.ts:10');
  expect(at({})).toBeUndefined();
  expect(at({ object: 'deployment.yaml', workload: 'gateway' })).toBe('platform/workloads/gateway.ts:7');
});

test("a resource that an edge made: the edge's line; one of nobody's: the environment's", () => {
  const made = { ...journey.edges[1], policies: [{ file: 'terraform/cdk.tf.json', object: 'aws_iam_policy/gateway-to-sessions' }] };
  const place = (object: string) => evaluate([{ ...rendered({ ...graph, edges: [made] } as unknown as Journey), declaredAt: 'environments/dev.ts:6' }],
    [rule({ ...about, of: () => [1], check: () => [breach({ file: 'f', object }, [], 'x')] })]).findings[0]?.declaredAt;
  expect(place('aws_iam_policy.gateway-to-sessions')).toBe('platform/workloads/gateway.ts:11');
  expect(place('Namespace/journey-dev')).toBe('environments/dev.ts:6');
});

test('one reference with several edges: the one of the workload', () => {
  const scrape = (to: string, n: number) => ({ ...journey.edges[0], reference: 'monitoring.WORKLOADS', from: 'monitoring', to, declaredAt: `platform/workloads/${to}.ts:${n}` });
  const both = { ...graph, edges: [scrape('auth', 1), scrape('gateway', 2)] } as unknown as Journey;
  const found = evaluate([rendered(both)], [rule({ ...about, of: () => [1], check: () => [breach({ file: 'f', object: 'o', workload: 'gateway', reference: 'monitoring.WORKLOADS' }, [], 'x')] })]);
  expect(found.findings[0]?.declaredAt).toBe('platform/workloads/gateway.ts:2');
});

test('things are counted per kind and per rule, over all environments', () => {
  const none = rule({ ...about, id: 'none', of: () => [], check: () => [] });
  const report = evaluate([rendered(graph), rendered(undefined)], [all, none]);
  expect(report.counts).toEqual({ objects: 4, resources: 0, stacks: 0, releases: 0 });
  expect(report.evaluated).toEqual({ all: 4, none: 0 });
  expect(report.findings.filter((f) => f.declaredAt === undefined)).toHaveLength(2);
});
