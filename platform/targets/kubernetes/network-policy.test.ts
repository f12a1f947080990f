import { expect, test } from '@jest/globals';
import { edgesOf } from '../../model/index.ts';
import { at, objectsIn, only, type Read } from '../test/objects.ts';
import { plaza, synthetic, yard } from '../test/synthetic.ts';
import { kubernetes } from './kubernetes.ts';

const files = kubernetes(synthetic, yard);
const objects = objectsIn(files);
const inPlaza = objectsIn(kubernetes(synthetic, plaza));
const policies = (from: typeof objects) => only(from, 'NetworkPolicy').map(({ metadata }) => metadata.name).toSorted();
const specOf = (name: string, from = objects) => at(from.get(`NetworkPolicy/${name}`), 'spec');
const pods = (name: string, installation = 'request-journey-yard') => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': installation } } });
const tcp = (...ports: number[]) => ports.map((port) => ({ port, protocol: 'TCP' }));

test('nothing is allowed but to ask for a name', () => {
  expect(specOf('default-deny')).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  expect(specOf('allow-dns')).toEqual({
    podSelector: {}, policyTypes: ['Egress'],
    egress: [{
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
      ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }],
    }],
  });
});

test('a reference opens both ends, and only its port', () => {
  expect(specOf('desk-to-ledger')).toEqual({ ...pods('desk'), policyTypes: ['Egress'], egress: [{ to: [pods('ledger')], ports: tcp(8001) }] });
  expect(specOf('ledger-from-desk')).toEqual({ ...pods('ledger'), policyTypes: ['Ingress'], ingress: [{ from: [pods('desk')], ports: tcp(8001) }] });
});

test('references to one target share the two policies, with all their ports and names', () => {
  const declaredBy = (name: string) => objects.get(`NetworkPolicy/${name}`)?.metadata.annotations['request-journey.dev/declared-by'];
  expect(declaredBy('desk-to-seals')).toBe('desk.SEALS_URL,desk.KEYS_URL');
  expect(at(specOf('tower-to-seals'), 'egress', 0, 'ports')).toEqual(tcp(8003, 9003));
  expect(at(specOf('seals-from-tower'), 'ingress', 0, 'ports')).toEqual(tcp(8003, 9003));
  expect(declaredBy('seals-from-tower')).toBe('tower.WORKLOADS,tower.KEYS_URL');
});

test('there are exactly the policies that edges and options ask for: none is missing, none is left over', () => {
  const pairs = edgesOf(synthetic).flatMap(({ from, to, backing }) => (backing === 'database' ? [[from, to], [`${from}-migration`, to]] : [[from, to]]));
  const always = ['acme-solver-from-ingress-controller', 'allow-dns', 'default-deny', 'desk-from-ingress-controller', 'desk-from-prometheus', 'ledger-from-prometheus', 'ledger-to-kubernetes-api', 'seals-from-prometheus', 'tower-from-prometheus'];
  const smokes = Object.keys(synthetic.workloads).map((name) => [`${name}-smoke`, name] as const);
  const both = [...pairs, ...smokes].flatMap(([from, to]) => [`${from}-to-${to}`, `${to}-from-${from}`]);
  // Shelf is not in the cluster: there is nobody to let in.
  expect(policies(objects)).toEqual([...new Set([...always, ...both])].filter((name) => name !== 'shelf-from-courier').toSorted());
  const workloads = Object.keys(synthetic.workloads);
  const inside = both.filter((name) => !/books|fast-lane|parcels|letters|shelf/.test(name) || /-to-/.test(name));
  expect(policies(inPlaza)).toEqual([...new Set([...always, ...inside])].toSorted());
  expect(workloads).toHaveLength(5);
});

test('a backing in the cluster is opened at both ends, one outside by its addresses and port', () => {
  expect(specOf('ledger-to-books')).toEqual({ ...pods('ledger'), policyTypes: ['Egress'], egress: [{ to: [pods('books')], ports: tcp(5432) }] });
  expect(specOf('books-from-ledger')).toEqual({ ...pods('books'), policyTypes: ['Ingress'], ingress: [{ from: [pods('ledger')], ports: tcp(5432) }] });
  expect(at(specOf('courier-to-letters'), 'egress', 0, 'ports')).toEqual(tcp(1025));
  const egress = (name: string) => at(specOf(name, inPlaza), 'egress', 0);
  expect(egress('ledger-to-books')).toEqual({ to: [{ ipBlock: { cidr: '10.9.0.0/16' } }], ports: tcp(5432) });
  expect(egress('desk-to-fast-lane')).toEqual({ to: [{ ipBlock: { cidr: '10.9.0.0/16' } }], ports: tcp(6379) });
  expect(egress('courier-to-shelf')).toEqual({ to: [{ ipBlock: { cidr: '10.9.0.0/16' } }], ports: tcp(443) });
  expect(egress('ledger-to-parcels')).toEqual({ to: [{ ipBlock: { cidr: '10.9.240.0/24' } }], ports: tcp(5671) });
  expect(egress('courier-to-letters')).toEqual({ to: [{ ipBlock: { cidr: '10.9.241.0/24' } }], ports: tcp(587) });
});

test('a migration reaches its database, and nothing else', () => {
  expect(specOf('ledger-migration-to-books')).toEqual({ ...pods('ledger-migration'), policyTypes: ['Egress'], egress: [{ to: [pods('books')], ports: tcp(5432) }] });
  expect(specOf('books-from-ledger-migration')).toMatchObject({ ingress: [{ from: [pods('ledger-migration')] }] });
  expect(policies(objects).filter((name) => name.startsWith('ledger-migration-'))).toEqual(['ledger-migration-to-books']);
});

test('a smoke test reaches what it asks, on the ports that it asks, and nothing else', () => {
  expect(specOf('desk-smoke-to-desk')).toEqual({ ...pods('desk-smoke'), policyTypes: ['Egress'], egress: [{ to: [pods('desk')], ports: tcp(8000, 9000) }] });
  expect(specOf('desk-from-desk-smoke')).toEqual({ ...pods('desk'), policyTypes: ['Ingress'], ingress: [{ from: [pods('desk-smoke')], ports: tcp(8000, 9000) }] });
  expect(at(specOf('courier-smoke-to-courier'), 'egress', 0, 'ports')).toEqual(tcp(8002));
  expect(policies(objects).filter((name) => /smoke/.test(name))).toHaveLength(10);
});

test('the ingress controller reaches what is public, Prometheus what has metrics, the cluster API is reached with rights', () => {
  expect(at(specOf('desk-from-ingress-controller'), 'ingress', 0, 'ports')).toEqual(tcp(8000));
  expect(at(specOf('desk-from-prometheus'), 'ingress', 0, 'ports')).toEqual(tcp(9000));
  expect(at(specOf('ledger-to-kubernetes-api'), 'egress')).toEqual([{ to: [{ ipBlock: { cidr: '10.9.0.0/16' } }], ports: tcp(443, 6443) }]);
});

test('no policy lets in, or out to, everybody', () => {
  for (const policy of [...only(objects, 'NetworkPolicy'), ...only(inPlaza, 'NetworkPolicy')] as Read[]) {
    expect(JSON.stringify(at(policy, 'spec'))).not.toMatch(/"(from|to)":\[\]|"(from|to)":\[\{\}\]|0\.0\.0\.0|"ports":\[\]/);
  }
});

test('no public workload, no solver', () => {
  const { desk, ...rest } = synthetic.workloads;
  const { public: _, ...options } = desk.options;
  const closed = objectsIn(kubernetes({ ...synthetic, workloads: { ...rest, desk: { ...desk, options } } }, yard));
  expect(policies(closed).filter((name) => name.endsWith('-from-ingress-controller'))).toEqual([]);
  expect(only(closed, 'Ingress')).toEqual([]);
});
