import { expect, test } from '@jest/globals';
import { fakeGraph } from '../../test/fake-graph.ts';
import { seenEdges } from '../services/seen-edges.ts';
import { declaringFiles } from './declaring-lines.ts';

const graph = fakeGraph('local');
const files = declaringFiles(graph, seenEdges(graph, []), [{ name: 'rateLimit', value: 200, declaredAt: 'platform/knobs.ts:7' }]);

test('every declared thing stands on its line, in the order of the file', () => {
  const gateway = files.find(({ path }) => path === 'platform/workloads/gateway.ts');
  expect(gateway?.lines.map(({ line }) => line)).toEqual([7, 14, 15, 16, 17, 18]);
  expect(gateway?.lines[1]?.declares).toMatchObject([{ kind: 'reference', name: 'gateway.AUTH_URL', about: 'auth' }]);
  expect(files.flatMap(({ lines }) => lines).flatMap(({ declares }) => declares).length).toBe(graph.nodes.length + graph.edges.length + 1);
  expect(files.find(({ path }) => path === 'platform/knobs.ts')?.lines[0]?.declares[0]?.about).toBe('200');
});
