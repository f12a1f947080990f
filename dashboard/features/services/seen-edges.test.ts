import { expect, test } from '@jest/globals';
import type { ObservedEdge } from '../../api/metrics.ts';
import { fakeGraph } from '../../test/fake-graph.ts';
import { seenEdges } from './seen-edges.ts';

const seen = (caller: string, callee: string, reference: string | null, kind: ObservedEdge['kind'] = 'call'): ObservedEdge =>
  ({ caller, callee, kind, reference, requests: 3, errors: 0, p99: 0.01, lastSeen: 1000, seenBy: 'both' });
const graph = fakeGraph('local');
const standing = (observed: readonly ObservedEdge[], key: string) => seenEdges(graph, observed).find((edge) => edge.key === key)?.standing;

test('what is declared and what is seen are joined by the reference', () => {
  const observed = [seen('gateway', 'auth', 'gateway.AUTH_URL'), seen('auth', 'auth.DATABASE', 'auth.DATABASE', 'database')];
  expect(standing(observed, 'gateway.AUTH_URL>auth')).toBe('seen');
  expect(standing(observed, 'auth.DATABASE>identity')).toBe('seen');
  expect(standing(observed, 'gateway.MONITORING_URL>monitoring')).toBe('unseen');
  expect(seenEdges(graph, observed).filter(({ standing }) => standing === 'undeclared')).toEqual([]);
});

test('a call without a reference, or with one that the model does not hold, is undeclared', () => {
  expect(standing([seen('deployment', 'auth', null)], 'deployment.?>auth')).toBe('undeclared');
  expect(standing([seen('deployment', 'auth', 'deployment.PLANTED')], 'deployment.?>auth:deployment.PLANTED')).toBe('undeclared');
  // The reference of one workload allows nothing to another.
  expect(standing([seen('deployment', 'auth', 'gateway.AUTH_URL')], 'gateway.AUTH_URL>auth')).toBe('unseen');
});

test('a server that stands in for what monitoring keeps was given at the start: by the name of its reference, and to monitoring alone', () => {
  expect(standing([seen('monitoring', 'prometheus', 'monitoring.METRICS')], 'monitoring.?>prometheus:monitoring.METRICS')).toBe('given');
  expect(standing([seen('deployment', 'monitoring', 'deployment.ALERTS')], 'deployment.?>monitoring:deployment.ALERTS')).toBe('given');
  expect(standing([seen('auth', 'prometheus', 'monitoring.METRICS')], 'auth.?>prometheus:monitoring.METRICS')).toBe('undeclared');
});

test('who calls and cannot be named has declared nothing', () => {
  const observed = [seen('unknown', 'auth', null), seen('gateway', 'auth', 'gateway.AUTH_URL')];
  expect(standing(observed, 'unknown.?>auth')).toBe('undeclared');
  expect(standing(observed, 'gateway.AUTH_URL>auth')).toBe('seen');
});

test('pages hold no key: what they ask the gateway is what the model declares of them', () => {
  expect(standing([seen('dashboard', 'gateway', null)], 'dashboard.GATEWAY_URL>gateway')).toBe('seen');
});

test('the scraper has one reference for all that it looks at', () => {
  const edge = (to: string) => ({ reference: 'monitoring.WORKLOADS', from: 'monitoring', to, kind: 'standard', declaredAt: 'x:1', manifests: [] });
  const edges = seenEdges({ environment: 'local', nodes: [], edges: [edge('auth'), edge('gateway')] }, [seen('monitoring', 'auth', 'monitoring.WORKLOADS')]);
  expect(edges.map(({ to, standing, standard }) => [to, standing, standard])).toEqual([['auth', 'seen', true], ['gateway', 'unseen', true]]);
});
