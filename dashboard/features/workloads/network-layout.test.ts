import { expect, test } from '@jest/globals';
import { fakeGraph } from '../../test/fake-graph.ts';
import { networkOf } from './network-layout.ts';

const network = networkOf(fakeGraph('local'), new Set(['notification.EVENTS']));
const at = (name: string) => network.stations.find((station) => station.name === name);

test('who is called lies behind who calls; no two stations share a place', () => {
  for (const { from, to } of network.lines) expect(at(to)?.column).toBeGreaterThan(at(from)?.column ?? 99);
  expect(new Set(network.stations.map(({ column, row }) => `${column} ${row}`)).size).toBe(network.stations.length);
  expect([at('dashboard')?.column, at('gateway')?.column, at('configuration')?.column]).toEqual([0, 1, 3]);
});

test('a queue is a line from who fills it to who empties it, and no backing of either', () => {
  expect(network.lines.find(({ kind }) => kind === 'message')).toMatchObject({ from: 'deployment', to: 'notification', reference: 'notification.EVENTS' });
  expect(at('notification')?.backings).toEqual(['notifications', 'post', 'archive']);
});

test('a line that passes a layer bends there, beside its stations', () => {
  const far = network.lines.find(({ reference }) => reference === 'gateway.CONFIGURATION_URL');
  expect(far?.points.map(({ column }) => column)).toEqual([1, 2, 3]);
  expect(network.stations.some(({ column, row }) => column === 2 && row === far?.points[1]?.row)).toBe(false);
});

test('an empty graph, a circle of calls and a call to nobody are drawn as far as they go', () => {
  expect(networkOf({ environment: 'x', nodes: [], edges: [] }, new Set()).stations).toEqual([]);
  const edge = (from: string, to: string) => ({ reference: `${from}.${to}`, from, to, kind: 'service', declaredAt: 'x:1', manifests: [] });
  const node = (name: string) => ({ name, kind: 'workload', declaredAt: 'x:1', files: [] });
  const circle = networkOf({ environment: 'x', nodes: [node('a'), node('b'), node('c')], edges: [edge('a', 'b'), edge('b', 'c'), edge('c', 'a'), edge('a', 'gone'), edge('a', 'a')] }, new Set());
  expect(circle.stations).toHaveLength(3);
  expect(circle.lines).toHaveLength(3);
});

test('a queue that is asked for as a stop lies between who fills it and who empties it', () => {
  const { stations, lines } = networkOf(fakeGraph('local'), new Set(['notification.EVENTS']), { queues: 'stops' });
  expect(stations.filter(({ kind }) => kind === 'queue').map(({ name }) => name)).toEqual(['events']);
  expect(lines.filter(({ kind }) => kind === 'message').map(({ reference, from, to }) => [reference, from, to])).toEqual([
    ['deployment.EVENTS', 'deployment', 'events'], ['notification.EVENTS', 'events', 'notification'],
  ]);
});
