import { expect, test } from '@jest/globals';
import { fakeGraph } from '../test/fake-graph.ts';
import { parseDeclared } from './declared.ts';

test('reads a graph, with members of a newer release beside', () => {
  const graph = { ...fakeGraph('dev'), version: 1, knobs: [] };
  expect(parseDeclared(graph)).toBe(graph);
});

test.each([[null], [{}], [{ environment: 'dev', nodes: [], edges: [{ reference: 'a.B' }] }], [{ environment: 'dev', nodes: {}, edges: [] }]])('refuses %j', (graph) => {
  expect(() => parseDeclared(graph)).toThrow('The graph of this environment cannot be read');
});
