import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { drainSeconds } from '../../../services/kit/standard.ts';
import { at, each, objectsIn, only, podsIn, type Read } from '../test/objects.ts';
import { plaza, synthetic, yard } from '../test/synthetic.ts';
import { kubernetes } from './kubernetes.ts';

const objects = objectsIn(kubernetes(synthetic, yard));
const inPlaza = objectsIn(kubernetes(synthetic, plaza));
const all = [...podsIn(objects), ...podsIn(inPlaza)];

test('there is a pod for each workload, backing, migration and smoke test', () => {
  expect(podsIn(objects).map(({ of }) => of).toSorted()).toEqual([
    'Deployment/courier', 'Deployment/desk', 'Deployment/ledger', 'Deployment/seals', 'Deployment/tower',
    'Job/courier-smoke', 'Job/desk-smoke', 'Job/ledger-migration', 'Job/ledger-smoke', 'Job/seals-smoke', 'Job/tower-smoke',
    'StatefulSet/books', 'StatefulSet/fast-lane', 'StatefulSet/letters', 'StatefulSet/parcels',
  ]);
  expect(only(inPlaza, 'StatefulSet')).toEqual([]);
});

test.each(all)('$of meets the restricted Pod Security Standard, completely', ({ spec, container }) => {
  expect(spec).toMatchObject({ enableServiceLinks: false, securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } });
  expect(Number(at(spec, 'securityContext', 'runAsUser'))).toBeGreaterThan(0);
  expect(at(container, 'securityContext')).toEqual({
    runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, privileged: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' },
  });
  expect(each(spec, 'volumes').map((volume) => Object.keys(volume as object).find((key) => key !== 'name'))).not.toContain('hostPath');
  expect(each(spec, 'volumes')).toContainEqual({ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } });
});

test.each(all)('$of runs an image by digest, with requests and limits, under an account of its own', ({ spec, container }) => {
  expect(at(container, 'image')).toMatch(/^[a-z0-9./-]+(:[\w.-]+)?@sha256:[0-9a-f]{64}$/);
  for (const kind of ['requests', 'limits']) expect(Object.keys(at(container, 'resources', kind) as object).toSorted()).toEqual(['cpu', 'memory']);
  expect(objects.has(`ServiceAccount/${String(at(spec, 'serviceAccountName'))}`)).toBe(true);
});

test('servers of others are real images, ours are what the release says', () => {
  for (const { of, container } of podsIn(objects)) if (of.startsWith('StatefulSet')) expect(at(container, 'image')).not.toContain('0'.repeat(64));
  const image = (of: string) => at(podsIn(objects).find((pod) => pod.of === of)?.container, 'image');
  expect(image('Deployment/desk')).toBe(`registry.example.com/yard/desk@sha256:${'1e5'.padEnd(64, '0')}`);
  expect(image('Deployment/ledger')).toBe(`registry.example.com/yard/ledger@sha256:${'0'.repeat(64)}`);
  const version = (name: string) => objects.get(`Deployment/${name}`)?.metadata.labels['app.kubernetes.io/version'];
  expect([version('desk'), version('ledger')]).toEqual(['1e5000000000', 'unbuilt']);
});

test('a token is mounted only where rights are declared', () => {
  expect(podsIn(objects).filter(({ spec }) => at(spec, 'automountServiceAccountToken') !== false).map(({ of }) => of)).toEqual(['Deployment/ledger']);
  for (const account of only(objects, 'ServiceAccount')) expect(at(account, 'automountServiceAccountToken')).toBe(false);
  expect(only(objects, 'Role').map(({ metadata }) => metadata.name)).toEqual(['ledger']);
  expect(at(objects.get('Role/ledger'), 'rules')).toEqual([
    { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
    { apiGroups: ['apps'], resources: ['deployments'], verbs: ['patch'] },
  ]);
  expect(objects.get('RoleBinding/ledger')).toMatchObject({ roleRef: { kind: 'Role', name: 'ledger' }, subjects: [{ kind: 'ServiceAccount', name: 'ledger', namespace: 'journey-yard' }] });
});

test('health is asked where metrics are, else at the one port', () => {
  const probes = (name: string) => ['startupProbe', 'livenessProbe', 'readinessProbe'].map((probe) => at(objects.get(`Deployment/${name}`), 'spec', 'template', 'spec', 'containers', 0, probe, 'httpGet'));
  expect(probes('desk')).toEqual([{ path: '/livez', port: 'metrics' }, { path: '/livez', port: 'metrics' }, { path: '/readyz', port: 'metrics' }]);
  expect(probes('courier')[2]).toEqual({ path: '/readyz', port: 'http' });
  for (const { of, container } of all) {
    if (!of.startsWith('Job')) for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) expect({ of, probe, is: at(container, probe) }).toMatchObject({ is: { timeoutSeconds: expect.any(Number) } });
  }
});

test('a pod leaves after proxies have forgotten it and its requests have ended', () => {
  const spec = at(objects.get('Deployment/desk'), 'spec', 'template', 'spec');
  expect(at(spec, 'containers', 0, 'lifecycle', 'preStop', 'exec', 'command')).toEqual(['sleep', String(drainSeconds)]);
  expect(Number(at(spec, 'terminationGracePeriodSeconds'))).toBeGreaterThan(2 * drainSeconds);
});

test('a new pod comes before an old one goes, replicas stand apart, and the autoscaler says how many there are', () => {
  const spec = at(inPlaza.get('Deployment/desk'), 'spec');
  expect(at(spec, 'strategy')).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } });
  expect(at(spec, 'replicas')).toBeUndefined();
  const spread = (from: typeof objects) => each(from.get('Deployment/desk'), 'spec', 'template', 'spec', 'topologySpreadConstraints').map((one) => [at(one, 'topologyKey'), at(one, 'whenUnsatisfiable')]);
  expect(spread(inPlaza)).toEqual([['topology.kubernetes.io/zone', 'DoNotSchedule'], ['kubernetes.io/hostname', 'ScheduleAnyway']]);
  expect(spread(objects)[0]).toEqual(['topology.kubernetes.io/zone', 'ScheduleAnyway']);
  expect(inPlaza.get('HorizontalPodAutoscaler/desk')).toMatchObject({
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'desk' }, minReplicas: 3, maxReplicas: 9, metrics: [{ resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }] },
  });
  expect(inPlaza.get('PodDisruptionBudget/desk')).toMatchObject({ spec: { maxUnavailable: 1, selector: { matchLabels: { 'app.kubernetes.io/name': 'desk' } } } });
});

test('it starts from the folder of its contract and may use four times the processor and twice the memory it asks for', () => {
  const container = (name: string) => at(objects.get(`Deployment/${name}`), 'spec', 'template', 'spec', 'containers', 0);
  expect(at(container('desk'), 'command')).toEqual(['node', 'services/desk/main.ts']);
  expect(at(container('ledger'), 'command')).toEqual(['node', 'offices/ledger/main.ts']);
  expect(at(container('desk'), 'resources')).toEqual({ requests: { cpu: '200m', memory: '300Mi' }, limits: { cpu: '800m', memory: '600Mi' } });
  expect(at(container('seals'), 'resources')).toEqual({ requests: { cpu: '100m', memory: '160Mi' }, limits: { cpu: '400m', memory: '320Mi' } });
});

test('a migration runs in every sync, with the database and nothing else, and nothing of the workload selects its pod', () => {
  const job = objects.get('Job/ledger-migration');
  expect(job?.metadata.annotations).toMatchObject({ 'argocd.argoproj.io/hook': 'Sync', 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' });
  const pod = podsIn(objects).find(({ of }) => of === 'Job/ledger-migration');
  expect(at(pod?.container, 'command')).toEqual(['node', 'offices/ledger/main.ts', 'migrate']);
  expect(each(pod?.container, 'env').map((variable) => at(variable, 'name'))).toEqual(['BOOKS']);
  expect(pod?.labels).toMatchObject({ 'app.kubernetes.io/name': 'ledger-migration' });
  expect(pod?.spec).toMatchObject({ restartPolicy: 'Never', automountServiceAccountToken: false });
  expect(only(objects, 'Job').filter(({ metadata }) => metadata.name.endsWith('-migration'))).toHaveLength(1);
});

test('a smoke test asks after every sync, over the Service, with no secret and no address but that one', () => {
  const { metadata, spec } = objects.get('Job/desk-smoke') as unknown as { metadata: Read['metadata']; spec: unknown };
  expect(metadata.annotations).toMatchObject({ 'argocd.argoproj.io/hook': 'PostSync', 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' });
  expect(spec).toMatchObject({ backoffLimit: 1, activeDeadlineSeconds: 180 });
  const pod = (name: string) => podsIn(objects).find(({ of }) => of === `Job/${name}-smoke`);
  expect(pod('desk')?.labels).toMatchObject({ 'app.kubernetes.io/name': 'desk-smoke', 'app.kubernetes.io/component': 'smoke' });
  expect(at(pod('desk')?.container, 'image')).toBe(at(podsIn(objects).find(({ of }) => of === 'Deployment/desk')?.container, 'image'));
  const command = (name: string) => each(pod(name)?.container, 'command').join(' ');
  const revision = (name: string) => each(podsIn(objects).find(({ of }) => of === `Deployment/${name}`)?.container, 'env').find((one) => at(one, 'name') === 'REVISION');
  expect(command('desk')).toBe(`node services/kit/smoke-main.ts --workload desk --revision ${String(at(revision('desk'), 'value'))} --health 9000 --routes 8000`);
  expect(command('courier')).toBe(`node services/kit/smoke-main.ts --workload courier --revision ${String(at(revision('courier'), 'value'))} --health 8002`);
  expect(at(pod('desk')?.container, 'env')).toBeUndefined();
  expect(existsSync('services/kit/smoke-main.ts')).toBe(true);
});
