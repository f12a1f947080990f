import { expect, test } from '@jest/globals';
import { fakeGraph } from '../../test/fake-graph.ts';
import { brokenJourney, fakeJourney } from '../../test/fake-journey.ts';
import { networkOf } from '../workloads/network-layout.ts';
import { drawingOf } from './map-drawing.ts';
import { nextOf, standingOf, wayOf } from './way.ts';

const id = 'c'.repeat(32);
const graph = fakeGraph('local');
const network = networkOf(graph, new Set(['notification.EVENTS']), { queues: 'stops' });

test('every reference is lit by the hops that name it, in the order in which they began', () => {
  const { edges, stops, undeclared } = wayOf(fakeJourney(id, 0), graph);
  expect([...edges.keys()]).toEqual([
    'gateway.SESSIONS', 'gateway.AUTH_URL', 'auth.DATABASE', 'gateway.DEPLOYMENT_URL', 'deployment.CONFIGURATION_URL', 'configuration.SETTINGS_CACHE', 'configuration.DATABASE',
    'deployment.DATABASE', 'deployment.EVENTS', 'notification.EVENTS', 'notification.DATABASE', 'notification.MAIL', 'notification.ARCHIVE',
  ]);
  expect([...edges.values()].map(({ turn }) => turn)).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
  expect(edges.get('deployment.DATABASE')).toMatchObject({ line: 'sql', failed: false, underWay: false, hops: [expect.stringMatching(/0c$/), expect.stringMatching(/0d$/)] });
  expect([...stops.keys()]).toEqual(['gateway', 'auth', 'deployment', 'configuration', 'notification']);
  expect(undeclared).toEqual([]);
});

test('ahead, under way, passed and failed are told apart', () => {
  const early = wayOf(fakeJourney(id, 0, 500), graph);
  expect(['gateway.AUTH_URL', 'gateway.DEPLOYMENT_URL', 'notification.MAIL'].map((reference) => standingOf(early.edges.get(reference)))).toEqual(['gone', 'under-way', 'ahead']);
  const broken = wayOf(brokenJourney(id, 0, 'configuration'), graph);
  expect(['gateway.AUTH_URL', 'deployment.CONFIGURATION_URL', 'notification.EVENTS'].map((reference) => standingOf(broken.edges.get(reference)))).toEqual(['gone', 'failed', 'ahead']);
  expect(standingOf(broken.stops.get('deployment'))).toBe('failed');
});

test('what nothing declares is counted, not lost', () => {
  const known = { ...graph, edges: graph.edges.filter(({ reference }) => reference !== 'gateway.AUTH_URL'), nodes: graph.nodes.filter(({ name }) => name !== 'auth') };
  const { undeclared, stops } = wayOf(fakeJourney(id, 0), known);
  expect(undeclared.map((spanId) => spanId.slice(-2))).toEqual(['03', '04']);
  expect(stops.has('auth')).toBe(false);
});

test('a choice selects the first hop, and chosen again the next, round and round', () => {
  const mark = { hops: ['a', 'b'], turn: 1, line: 'sql', failed: false, underWay: false } as const;
  expect([nextOf(mark, null), nextOf(mark, 'a'), nextOf(mark, 'b'), nextOf(mark, 'z')]).toEqual(['a', 'b', 'a', 'a']);
});

test.each([false, true])('every station and line has its place on the map, and none lies beyond it (upright: %s)', (upright) => {
  const { stations, tracks, width, height } = drawingOf(network, upright);
  expect(stations.size).toBe(8);
  expect([...tracks.keys()].toSorted()).toEqual(network.lines.map(({ reference }) => reference).toSorted());
  for (const { x, y } of [...stations.values(), ...[...tracks.values()].map(({ middle }) => middle)]) {
    expect(x > 0 && x < width && y > 0 && y < height).toBe(true);
  }
});

test('what hangs below a station ends above the name of the next one', () => {
  const loaded = { ...network, stations: network.stations.map((one) => ({ ...one, backings: ['a', 'b', 'c', 'd', 'e'] })) };
  const { stations, hang } = drawingOf(loaded, false);
  for (const one of loaded.stations) {
    const [place, below] = [stations.get(one.name), loaded.stations.filter(({ column, row }) => column === one.column && row > one.row).map(({ name }) => stations.get(name)?.y ?? 0)];
    // A name stands 34 above its station, letters and all.
    if (place) expect(place.y + hang.y + (one.backings.length - 1) * hang.each + 6).toBeLessThan(Math.min(Infinity, ...below) - 34);
  }
});

test('a workload that empties what it fills is led back to by a bow', () => {
  const both = { ...graph, edges: [...graph.edges, { reference: 'deployment.REQUESTS', from: 'deployment', to: 'events', kind: 'backing', declaredAt: 'x:1', manifests: [] }] };
  const { stations, tracks } = drawingOf(networkOf(both, new Set(['notification.EVENTS', 'deployment.REQUESTS']), { queues: 'stops' }), false);
  const [events, deployment] = [stations.get('events'), stations.get('deployment')];
  expect(tracks.get('deployment.REQUESTS')?.path).toMatch(new RegExp(`^M${events?.x} ${events?.y}Q.* ${deployment?.x} ${deployment?.y}$`));
});
