import { expect, test } from '@jest/globals';
import type { Declared } from '../../api/declared.ts';
import { linesOf } from './model-lines.ts';

const graph: Declared = {
  environment: 'dev',
  nodes: [{ name: 'gateway', kind: 'workload', declaredAt: 'platform/workloads/gateway.ts:9', files: ['a.yaml', 'b.yaml'] }, { name: 'x', kind: 'backing', declaredAt: 'platform/backing.ts:3', files: ['gone.yaml'] }],
  edges: [
    { reference: 'gateway.B', from: 'gateway', to: 'b', kind: 'service', declaredAt: 'platform/workloads/gateway.ts:14', manifests: ['b.yaml', 'a.yaml'] },
    { reference: 'gateway.C', from: 'gateway', to: 'c', kind: 'service', declaredAt: 'platform/workloads/gateway.ts:14', manifests: ['c.yaml', 'a.yaml'] },
  ],
};

test('a line with all that it made, by file and number; what made nothing here is left out', () => {
  expect(linesOf(graph, ['a.yaml', 'b.yaml', 'c.yaml'])).toEqual([
    { line: 'platform/workloads/gateway.ts:9', names: ['gateway'], paths: ['a.yaml', 'b.yaml'] },
    { line: 'platform/workloads/gateway.ts:14', names: ['gateway.B', 'gateway.C'], paths: ['a.yaml', 'b.yaml', 'c.yaml'] },
  ]);
});
