import { expect, test } from '@jest/globals';
import { dev } from '../../../environments/dev.ts';
import { local } from '../../../environments/local.ts';
import { imageReleases, type OutputFile } from '../../model/index.ts';
import { platform } from '../../platform.ts';
import { local as localTarget } from '../local/local.ts';
import { graph, journeyOf } from './graph.ts';
import { readJourney } from './journey-json.ts';

const files: readonly OutputFile[] = [
  {
    path: 'kubernetes/gateway/network-policy.yaml', text: '', declares: [
      { object: 'NetworkPolicy/gateway-to-auth', workload: 'gateway', declaredBy: 'gateway.AUTH_URL' },
      { object: 'NetworkPolicy/gateway-from-monitoring', workload: 'gateway', declaredBy: 'monitoring.WORKLOADS' },
    ],
  },
  {
    path: 'kubernetes/auth/network-policy.yaml', text: '', declares: [
      { object: 'NetworkPolicy/auth-from-gateway', workload: 'auth', declaredBy: 'gateway.AUTH_URL' },
      { object: 'NetworkPolicy/auth-from-monitoring', workload: 'auth', declaredBy: 'monitoring.WORKLOADS' },
    ],
  },
  {
    path: 'kubernetes/gateway/deployment.yaml', text: '', declares: [
      { object: 'Deployment/gateway', workload: 'gateway' },
      { object: 'ConfigMap/gateway', workload: 'gateway', declaredBy: 'gateway.AUTH_URL' },
      { object: 'ExternalSecret/gateway', workload: 'gateway', declaredBy: 'gateway.COOKIE_KEY' },
    ],
  },
  { path: 'kubernetes/shared/sessions.yaml', text: '', declares: [{ object: 'StatefulSet/sessions' }] },
];
const journey = journeyOf(platform, dev, files);
const edgeNamed = (reference: string, to?: string) => journey.edges.find((edge) => edge.reference === reference && (to === undefined || edge.to === to));

test('an edge holds its line, the files it produced, and what lets it through', () => {
  expect(edgeNamed('gateway.AUTH_URL')).toEqual({
    reference: 'gateway.AUTH_URL', from: 'gateway', to: 'auth', kind: 'service', port: { name: 'http', number: 8080 },
    declaredAt: expect.stringMatching(/^platform\/workloads\/gateway\.ts:\d+$/),
    manifests: ['kubernetes/auth/network-policy.yaml', 'kubernetes/gateway/deployment.yaml', 'kubernetes/gateway/network-policy.yaml'],
    policies: [
      { file: 'kubernetes/auth/network-policy.yaml', object: 'NetworkPolicy/auth-from-gateway' },
      { file: 'kubernetes/gateway/network-policy.yaml', object: 'NetworkPolicy/gateway-to-auth' },
    ],
    objects: [{ file: 'kubernetes/gateway/deployment.yaml', object: 'ConfigMap/gateway' }],
  });
});

test('the one reference of the scraper is told apart by its targets', () => {
  expect(edgeNamed('monitoring.WORKLOADS', 'auth')?.policies).toEqual([{ file: 'kubernetes/auth/network-policy.yaml', object: 'NetworkPolicy/auth-from-monitoring' }]);
  expect(edgeNamed('monitoring.WORKLOADS', 'dashboard')?.policies).toEqual([]);
});

test('a workload knows its source, contract, release and files; a backing its provider', () => {
  expect(journey.nodes.find((node) => node.name === 'gateway')).toEqual({
    name: 'gateway', kind: 'workload', declaredAt: expect.stringMatching(/^platform\/workloads\/gateway\.ts:\d+$/),
    about: expect.any(String), folder: 'services/gateway', contract: 'services/gateway/contract.ts', release: 'unbuilt',
    objectives: [{ kind: 'availability', target: '99.9%' }, { kind: 'latency', percentile: 99, under: '100ms' }],
    files: ['kubernetes/gateway/deployment.yaml', 'kubernetes/gateway/network-policy.yaml'],
  });
  expect(journey.nodes.find((node) => node.name === 'dashboard')).toMatchObject({ folder: 'dashboard', contract: 'dashboard/contract.ts', files: [] });
  expect(journey.nodes.find((node) => node.name === 'sessions')).toEqual({
    name: 'sessions', kind: 'backing', declaredAt: expect.stringMatching(/^platform\/backing\.ts:\d+$/), backing: 'cache', provider: 'inCluster',
    files: ['kubernetes/shared/sessions.yaml'],
  });
});

test('an image says what it was built from and by whom, where that is known', () => {
  const { gateway } = imageReleases('dev', { gateway: { image: `sha256:${'a'.repeat(64)}`, source: 'b'.repeat(40), provenance: 'https://example.com/attestations/7' } });
  const built = journeyOf(platform, { ...dev, release: { ...dev.release, gateway } }, files);
  expect(built.nodes.find((node) => node.name === 'gateway')).toMatchObject({ release: gateway.image, source: gateway.source, provenance: gateway.provenance });
  expect(readJourney(JSON.stringify(built))).toEqual(built);
  expect(built.nodes.find((node) => node.name === 'auth')).not.toHaveProperty('source');
});

test('secrets and knobs name their lines', () => {
  expect(journey.secrets).toContainEqual({
    reference: 'gateway.COOKIE_KEY', secret: 'gateway-cookie-key', declaredAt: expect.stringMatching(/gateway\.ts:\d+$/), manifests: ['kubernetes/gateway/deployment.yaml'],
  });
  expect(journey.knobs).toContainEqual({ name: 'logLevel', about: expect.any(String), value: 'debug', declaredAt: expect.stringMatching(/^platform\/knobs\.ts:\d+$/) });
});

test('the order is that of the names, whatever the order of the model', () => {
  const { workloads } = platform;
  const turned = journeyOf({ ...platform, workloads: Object.fromEntries(Object.entries(workloads).toReversed()) }, dev, files.toReversed());
  expect(turned).toEqual(journey);
  expect(journey.edges.map((edge) => edge.reference)).toEqual(journey.edges.map((edge) => edge.reference).toSorted());
});

test('on a laptop every edge is on an allow-list', () => {
  const file = graph(platform, local, localTarget(platform, local));
  const { edges, nodes } = readJourney(file.text);
  expect(file.path).toBe('journey.json');
  expect(edges.filter((edge) => edge.policies.length !== 1)).toEqual([]);
  expect(nodes.find((node) => node.name === 'gateway')).toMatchObject({ release: 'worktree', files: ['plan.json'] });
});

test('what was written can be read, and what is not a journey.json is refused with its faults', () => {
  const { text } = graph(platform, dev, files);
  expect(readJourney(text)).toEqual(journey);
  expect(() => readJourney('{"version":2,"nodes":[{"name":""}],"extra":1}')).toThrow(/journey\.json.*version.*Run \.\/journey synth/s);
  expect(() => readJourney(text.replace('"platform/backing.ts:', '"/root/platform/backing.ts:'))).toThrow(/declaredAt/);
});
