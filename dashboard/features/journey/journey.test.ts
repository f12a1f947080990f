import { expect, test } from '@jest/globals';
import type { Hop } from '../../api/monitoring.ts';
import { fakeGraph } from '../../test/fake-graph.ts';
import { brokenJourney, fakeJourney } from '../../test/fake-journey.ts';
import { arrivalOf } from './arrival.ts';
import { declarationOf } from './declaration.ts';
import { endedAt } from './ended-at.ts';
import { factOf } from './hop-fact.ts';
import { extentOf, hopsAt, hopTree, placeOf, waitsFor } from './hop-tree.ts';

const id = 'c'.repeat(32);
const whole = fakeJourney(id, 1000);
const hop = (spanId: string, parentId: string | null, startedAt = 0): Hop => ({ spanId, parentId, startedAt, durationMs: 1, service: 's', name: spanId, kind: 'internal', status: 'ok', attributes: {} });

test('parents before children, siblings by start, each once', () => {
  const rows = hopTree([hop('b2', 'a', 5), hop('c', 'b1', 3), hop('a', null, 0), hop('b1', 'a', 1)]);
  expect(rows.map(({ hop: { spanId }, depth, goesOn, hasChildren }) => [spanId, depth, goesOn, hasChildren])).toEqual([
    ['a', 0, false, true], ['b1', 1, true, true], ['c', 2, false, false], ['b2', 1, false, false],
  ]);
  expect(rows[2]?.passing.map((above) => above?.spanId)).toEqual(['a']);
  expect(rows[3]?.passing).toEqual([]);
});

test('what began in the same millisecond keeps its order', () => {
  const rows = hopTree([hop('a', null), hop('z', 'a', 1), hop('b', 'a', 1)]);
  expect(rows.map(({ hop: { spanId } }) => spanId)).toEqual(['a', 'z', 'b']);
});

test('the line of an ancestor passes only while it has stops to come', () => {
  const rows = hopTree([hop('a', null), hop('b', 'a', 1), hop('c', 'b', 2), hop('d', 'c', 3), hop('e', 'b', 4)]);
  expect(rows.find(({ hop: { spanId } }) => spanId === 'd')?.passing.map((above) => above?.spanId ?? null)).toEqual([null, 'b']);
});

test('orphans, circles and doubles lose nothing and draw nothing twice', () => {
  const names = (hops: readonly Hop[]) => hopTree(hops).map(({ hop: { spanId } }) => spanId).toSorted();
  expect(names([hop('x', 'gone'), hop('y', 'x')])).toEqual(['x', 'y']);
  expect(names([hop('p', 'q'), hop('q', 'p')])).toEqual(['p', 'q']);
  expect(names([hop('self', 'self'), hop('self', null)])).toEqual(['self']);
  expect(hopTree([])).toEqual([]);
});

test('places lie within the whole and stay visible', () => {
  const all = extentOf([{ startedAt: 10, durationMs: 90 }, { startedAt: 60, durationMs: 50 }]);
  expect(all).toEqual({ startedAt: 10, durationMs: 100 });
  expect(placeOf({ startedAt: 60, durationMs: 25 }, all)).toEqual({ left: 50, width: 25 });
  expect(placeOf({ startedAt: 110, durationMs: 0 }, all)).toEqual({ left: 99.4, width: expect.closeTo(0.6) });
  expect(placeOf({ startedAt: 0, durationMs: 5 }, all).left).toBe(0);
  expect(extentOf([]).durationMs).toBeGreaterThan(0);
});

test.each([
  [{ 'cache.hit': true, 'cache.key': 'k', 'db.query.text': 'SELECT' }, { kind: 'cache', hit: true, key: 'k' }],
  [{ 'cache.key': 'k' }, { kind: 'cache', hit: undefined, key: 'k' }],
  [{ 'db.query.text': 'SELECT 1', 'db.system.name': 'postgresql', 'db.response.returned_rows': 2 }, { kind: 'sql', statement: 'SELECT 1', system: 'postgresql', rows: 2 }],
  [{ 'db.query.text': 'SELECT 1' }, { kind: 'sql', statement: 'SELECT 1', system: 'sql', rows: undefined }],
  [{ 'messaging.destination.name': 'q', 'messaging.message.id': 'm' }, { kind: 'message', way: 'sent', queue: 'q', id: 'm', tries: undefined }],
  [{ 'mail.recipients': 2 }, { kind: 'mail', recipients: 2, id: undefined }],
  [{ 'mail.message_id': 'm' }, { kind: 'mail', recipients: undefined, id: 'm' }],
  [{ 'objects.key': 'o', 'objects.operation': 'put' }, { kind: 'object', operation: 'put', key: 'o' }],
  [{ 'objects.key': 'o' }, { kind: 'object', operation: '', key: 'o' }],
  [{ 'http.request.method': 'GET', 'url.full': 'http://h/p?q' }, { kind: 'request', method: 'GET', path: '/p', status: undefined }],
  [{ 'http.request.method': 'GET', 'url.full': 'nonsense' }, { kind: 'request', method: 'GET', path: '', status: undefined }],
  [{ 'db.query.text': 7, 'http.request.method': null }, { kind: 'work' }],
])('%j is read as what it did', (attributes, fact) => expect(factOf({ attributes, kind: 'client' })).toEqual(fact));

test('a consumer takes', () => {
  expect(factOf({ attributes: { 'messaging.destination.name': 'q' }, kind: 'consumer' })).toMatchObject({ way: 'taken' });
});

test('a hop finds its line by reference, else by workload; what the graph does not know is said', () => {
  const graph = fakeGraph('staging');
  expect(declarationOf({ service: 'gateway', attributes: { 'journey.reference': 'gateway.AUTH_URL' } }, graph)).toEqual({
    kind: 'reference', reference: 'gateway.AUTH_URL', line: 'platform/workloads/gateway.ts:14',
    manifests: ['synth/staging/kubernetes/gateway/networkpolicy-gateway-to-auth.yaml'], policies: ['NetworkPolicy/gateway-to-auth'],
  });
  expect(declarationOf({ service: 'auth', attributes: {} }, graph)).toMatchObject({ kind: 'workload', line: 'platform/workloads/auth.ts:7', manifests: ['synth/staging/kubernetes/auth/deployment.yaml'] });
  expect(declarationOf({ service: 'auth', attributes: { 'journey.reference': 'auth.SECRET_DOOR' } }, graph)).toEqual({ kind: 'undeclared', name: 'auth.SECRET_DOOR' });
  expect(declarationOf({ service: 'monitoring', attributes: { 'journey.reference': 'monitoring.LOGS' } }, graph)).toEqual({ kind: 'given', reference: 'monitoring.LOGS' });
  expect(declarationOf({ service: 'auth', attributes: { 'journey.reference': 'monitoring.LOGS' } }, graph)).toMatchObject({ kind: 'undeclared' });
  expect(declarationOf({ service: 'stranger', attributes: {} }, graph)).toEqual({ kind: 'undeclared', name: 'stranger' });
  const { policies: _, ...older } = graph.edges[0] ?? { policies: [] };
  expect(declarationOf({ service: 'x', attributes: { 'journey.reference': 'dashboard.GATEWAY_URL' } }, { ...graph, edges: [older as never] })).toMatchObject({ policies: [] });
});

test('every hop of the golden journey is declared', () => {
  expect(whole.hops.filter((each) => declarationOf(each, fakeGraph('local')).kind === 'undeclared')).toEqual([]);
});

test('a journey that promised more travels until its mail is there and nothing new comes', () => {
  const { hops } = whole;
  const withoutMail = { ...whole, hops: hops.filter((each) => factOf(each).kind !== 'mail') };
  expect(arrivalOf(undefined, 0)).toBe('travelling');
  expect(arrivalOf(whole, 100)).toBe('travelling');
  expect(arrivalOf(whole, 2_500)).toBe('arrived');
  expect(arrivalOf(withoutMail, 10_000)).toBe('travelling');
  expect(arrivalOf(withoutMail, 60_000)).toBe('lost');
  expect(arrivalOf({ ...whole, connected: false }, 10_000)).toBe('travelling');
  // Too large to say: what is shown of it has come.
  expect(arrivalOf({ ...whole, connected: null }, 10_000)).toBe('arrived');
  expect(arrivalOf({ ...withoutMail, hops: withoutMail.hops.map((each) => (each.kind === 'consumer' ? { ...each, status: 'error' } : each)) }, 3_000)).toBe('arrived');
});

test('of what nothing is known it is soon said so; what was sent from here is given more time', () => {
  const nothing = { traceId: id, connected: false, hops: [], open: [], logs: [], omitted: { spans: 0, logs: 0 }, sources: { hops: 'own', logs: 'own' } as const };
  expect([undefined, nothing].map((journey) => [arrivalOf(journey, 4_999), arrivalOf(journey, 5_000)])).toEqual([['travelling', 'absent'], ['travelling', 'absent']]);
  expect([arrivalOf(undefined, 59_999, true), arrivalOf(undefined, 60_000, true)]).toEqual(['travelling', 'absent']);
});

test('what is under way lasts until now, and the journey waits for the last of it', () => {
  const open = (spanId: string, parentId: string | null, more: object = {}) => ({ spanId, parentId, service: 's', name: spanId, kind: 'server' as const, startedAt: 100, attributes: {}, ...more });
  const travelling = { hops: [hop('x', 'b')], open: [open('a', null), open('b', 'a', { service: 'gateway' }), open('c', 'b', { kind: 'client', service: 'gateway', attributes: { 'peer.service': 'auth' } })] };
  expect(hopsAt(travelling, 250).map(({ spanId, durationMs, open: still }) => [spanId, durationMs, still])).toEqual([['x', 1, undefined], ['a', 150, true], ['b', 150, true], ['c', 150, true]]);
  expect(hopsAt(travelling, 0).at(-1)?.durationMs).toBe(0);
  expect(waitsFor(travelling)).toEqual(['auth']);
  expect(waitsFor({ open: [open('a', null), open('b', null)] })).toEqual(['s']);
  expect(arrivalOf({ ...whole, open: [open('z', null)] }, 10_000)).toBe('travelling');
});

test('a plain read arrives without a mail', () => {
  const read = { ...hop('r', null), kind: 'server' as const, attributes: { 'http.request.method': 'GET', 'http.response.status_code': 200 } };
  expect(arrivalOf({ traceId: id, connected: true, open: [], logs: [], hops: [read], omitted: { spans: 0, logs: 0 }, sources: { hops: 'own', logs: 'own' } }, 2_500)).toBe('arrived');
});

test('a failed journey names where it ended; a failure that was survived is none', () => {
  expect(endedAt(brokenJourney(id, 0, 'configuration').hops)).toBe('configuration');
  expect(endedAt(whole.hops)).toBeUndefined();
  expect(endedAt([hop('a', null), { ...hop('b', 'a'), status: 'error' }])).toBeUndefined();
  expect(endedAt([{ ...hop('a', null), status: 'error', service: 'auth' }])).toBe('auth');
});
