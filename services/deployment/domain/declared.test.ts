import { expect, test } from '@jest/globals';
import { isDeclared, workloadsOf } from './declared.ts';

test('workloads can be deployed, backings cannot', () => {
  const declared = { nodes: [{ name: 'gateway', kind: 'workload' }, { name: 'sessions', kind: 'backing' }], edges: [] };
  expect(isDeclared(declared)).toBe(true);
  expect(workloadsOf(declared)).toEqual(['gateway']);
});

test.each([null, [], 'x', {}, { nodes: {} }, { nodes: [null] }, { nodes: ['gateway'] }, { nodes: [{ name: 'a' }] }, { nodes: [{ kind: 'workload' }] }, { nodes: [{ name: 1, kind: 'workload' }] }])(
  '%j is not a graph', (value) => {
    expect(isDeclared(value)).toBe(false);
  });
