import { expect, test } from '@jest/globals';
import { fakeGraph } from '../../test/fake-graph.ts';
import { seenEdges } from '../services/seen-edges.ts';
import { declaringFiles } from './declaring-lines.ts';

const graph = fakeGraph('local');
const files = declaringFiles(graph, seenEdges(graph, []), [{ name: 'rateLimit', value: 200, declaredAt: 'platform/knobs.ts:7' }]);

const called = (reference: string, caller: string, callee: string, requests: number, errors: number, p99: number | null) => ({ kind: 'call' as const, caller, callee, reference, requests, errors, p99, lastSeen: 0, seenBy: 'caller' as const });
test('a backing and a workload have what went over all references to them, a reference its own', () => {
  const observed = [called('gateway.AUTH_URL', 'gateway', 'auth', 10, 1, 0.02), called('gateway.CONFIGURATION_URL', 'gateway', 'configuration', 4, 0, 0.01), called('deployment.CONFIGURATION_URL', 'deployment', 'configuration', 3, 3, 0.05), { ...called('', 'notification', 'configuration', 9, 9, 9), reference: null }];
  const all = declaringFiles(graph, seenEdges(graph, observed), []).flatMap(({ lines }) => lines).flatMap(({ declares }) => declares);
  const seen = (name: string) => all.find((one) => one.name === name)?.seen;
  expect(seen('gateway.AUTH_URL')).toEqual({ requests: 10, errors: 1, p99: 0.02, several: false });
  expect(seen('auth')).toEqual(seen('gateway.AUTH_URL'));
  expect(seen('configuration')).toEqual({ requests: 7, errors: 3, p99: 0.05, several: true });
  expect(seen('vault')).toBeUndefined();
});

test('every declared thing stands on its line, in the order of the file', () => {
  const gateway = files.find(({ path }) => path === 'platform/workloads/gateway.ts');
  expect(gateway?.lines.map(({ line }) => line)).toEqual([7, 14, 15, 16, 17, 18]);
  expect(gateway?.lines[1]?.declares).toMatchObject([{ kind: 'reference', name: 'gateway.AUTH_URL', about: 'auth' }]);
  expect(files.flatMap(({ lines }) => lines).flatMap(({ declares }) => declares).length).toBe(graph.nodes.length + graph.edges.length + 1);
  expect(files.find(({ path }) => path === 'platform/knobs.ts')?.lines[0]?.declares[0]?.about).toBe('200');
});
