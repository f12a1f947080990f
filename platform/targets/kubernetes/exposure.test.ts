import { expect, test } from '@jest/globals';
import { at, objectsIn, only } from '../test/objects.ts';
import { plaza, synthetic, yard } from '../test/synthetic.ts';
import { kubernetes } from './kubernetes.ts';

const objects = objectsIn(kubernetes(synthetic, yard));
const inPlaza = objectsIn(kubernetes(synthetic, plaza));

test('what is public has an Ingress with TLS at its host, and nothing else has one', () => {
  expect(only(objects, 'Ingress').map(({ metadata }) => metadata.name)).toEqual(['desk']);
  expect(objects.get('Ingress/desk')).toMatchObject({
    metadata: { annotations: { 'cert-manager.io/cluster-issuer': 'authority' } },
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: ['front.yard.example.com'], secretName: 'desk-tls' }],
      rules: [{ host: 'front.yard.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'desk', port: { name: 'http' } } } }] } }],
    },
  });
});

test('a Service stays inside and has the ports of the contract', () => {
  expect(at(objects.get('Service/desk'), 'spec')).toMatchObject({ type: 'ClusterIP', ports: [{ name: 'http', port: 8000, targetPort: 'http' }, { name: 'metrics', port: 9000, targetPort: 'metrics' }] });
  expect(at(objects.get('Service/courier'), 'spec', 'ports')).toHaveLength(1);
});

test('what has metrics is scraped, under its own name', () => {
  expect(only(objects, 'ServiceMonitor').map(({ metadata }) => metadata.name)).toEqual(['desk', 'ledger', 'seals', 'tower']);
  expect(at(objects.get('ServiceMonitor/desk'), 'spec')).toMatchObject({
    jobLabel: 'app.kubernetes.io/name', namespaceSelector: { matchNames: ['journey-yard'] }, endpoints: [{ port: 'metrics', path: '/metrics' }],
  });
});

test('the namespace admits only restricted pods', () => {
  const labels = objects.get('Namespace/journey-yard')?.metadata.labels;
  for (const mode of ['enforce', 'audit', 'warn']) expect(labels).toMatchObject({ [`pod-security.kubernetes.io/${mode}`]: 'restricted', [`pod-security.kubernetes.io/${mode}-version`]: 'v1.28' });
  expect(at(objects.get('ServiceAccount/default'), 'automountServiceAccountToken')).toBe(false);
});

test('the quota is what the environment can need, and not more', () => {
  // desk 3+rolling+solver = 5 × (200m, 300Mi); ledger 2+rolling+migration = 4, courier 2, seals 3, tower 2 = 11 × (100m, 160Mi); a smoke test each = 5 × (50m, 128Mi);
  // books (100m, 256Mi), fast-lane (50m, 128Mi), parcels (200m, 512Mi), letters (50m, 64Mi)
  expect(at(objects.get('ResourceQuota/total'), 'spec', 'hard')).toEqual({
    'requests.cpu': '2750m', 'requests.memory': '4860Mi', 'limits.cpu': '11000m', 'limits.memory': '9720Mi',
    'requests.storage': '6Gi', persistentvolumeclaims: '4', pods: '25', 'services.loadbalancers': '0', 'services.nodeports': '0',
  });
  expect(at(inPlaza.get('ResourceQuota/total'), 'spec', 'hard')).toMatchObject({ persistentvolumeclaims: '0', 'requests.storage': '0Gi', pods: String(11 + 6 + 3 + 4 + 3 + 5) });
});

test('a container that says nothing gets what a workload gets that says nothing', () => {
  expect(at(objects.get('LimitRange/defaults'), 'spec', 'limits')).toEqual([
    { type: 'Container', defaultRequest: { cpu: '100m', memory: '160Mi' }, default: { cpu: '400m', memory: '320Mi' } },
  ]);
});
