import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { edgesOf } from './edges.ts';
import { openSeriesBook, type Labels, type Series } from './metric.ts';
import { openGrowth, type Before } from './metric-growth.ts';
import { linesOf } from './metric-lines.ts';
import { readExposition, type Exposition } from './metric-text.ts';
import { quantileOf } from './quantile.ts';
import { rangeOf, stepOf } from './range.ts';
import { redOf, type Measured } from './red.ts';

const all = () => true;
const TRACE = 'ab'.repeat(16);
const TEXT = String.raw`# HELP x_seconds A histogram.
# TYPE x_seconds histogram
x_seconds_bucket{le="0.1",service_name="a",route="/v1/\"quoted\"\\\n"} 2
x_seconds_bucket{le="1",service_name="a",route="/v1/\"quoted\"\\\n"} 5 # {trace_id="${TRACE}"} 0.7 1795413477.5
x_seconds_bucket{le="+Inf",service_name="a",route="/v1/\"quoted\"\\\n"} 6
x_seconds_sum{service_name="a",route="/v1/\"quoted\"\\\n"} 4.5
x_seconds_count{service_name="a",route="/v1/\"quoted\"\\\n"} 6
# TYPE y counter
y_total 7
# TYPE z_total counter
z_total{a="b"} 1e3 1795413477000
# TYPE g gauge
g -1.5
g{nothing="}"} NaN
process_start_time_seconds 1795413000
# EOF
`;

test('both text formats are read: escapes, exemplars, times, the sums of a histogram', () => {
  const { readings, startedAt } = readExposition(TEXT, all, 100);
  expect(startedAt).toBe(1_795_413_000);
  expect(readings).toEqual([
    { kind: 'counter', name: 'y_total', labels: {}, value: 7 }, { kind: 'counter', name: 'z_total', labels: { a: 'b' }, value: 1000 }, { kind: 'gauge', name: 'g', labels: {}, value: -1.5 },
    { kind: 'histogram', name: 'x_seconds', labels: { route: '/v1/"quoted"\\\n' }, bounds: [0.1, 1], buckets: [2, 3, 1], sum: 4.5, exemplars: [{ at: 1_795_413_477_500, seconds: 0.7, traceId: TRACE }] },
  ]);
});

test.each([['no value', 'x{a="b"}'], ['an open quote', 'x{a="b} 1'], ['a bad escape', String.raw`x{a="\t"} 1`], ['text', 'x one'], ['markup', '<html>'], ['a label without a name', 'x{="b"} 1'], ['17 KB', `x{a="${'y'.repeat(17_000)}"} 1`]])('%s spoils the whole text', (_, line) => {
  expect(() => readExposition(`y 1\n${line}\n`, all, 100)).toThrow('line 2 is no sample');
});

test('too many samples are refused; what is not kept is named; hostile repetition takes no time', () => {
  expect(() => readExposition('x 1\nx 1\nx 1', all, 2)).toThrow('more than 2 samples');
  expect(readExposition('# TYPE x gauge\nx 1', () => false, 2)).toMatchObject({ readings: [], leftOut: ['x'] });
  const began = performance.now();
  expect(() => readExposition(`x{${'a="b",'.repeat(2500)}! 1`, all, 2)).toThrow('line 1');
  expect(() => readExposition(`x{a="${'\\\\'.repeat(8000)}`, all, 2)).toThrow('line 1');
  expect(performance.now() - began).toBeLessThan(500);
});

test('a histogram that shrinks from bucket to bucket, or has no end, is none', () => {
  const text = (one: number, two: string) => `# TYPE x histogram\nx_bucket{le="1"} ${one}\nx_bucket{le="${two}"} 3\nx_sum 1\nx_count 3`;
  expect([text(4, '+Inf'), text(2, '2'), text(2, '+Inf')].map((one) => readExposition(one, all, 10).readings.length)).toEqual([0, 0, 1]);
});

const look = (value: number, startedAt = 1000): Exposition => ({ startedAt, leftOut: [], readings: [{ kind: 'counter', name: 'x', labels: {}, value }] });
const NEVER: Before = { processes: new Map(), seen: null };
const counts = (grow: ReturnType<typeof openGrowth>, ...looks: (readonly [Exposition, number])[]) => looks.map(([one, now]) => grow(one, now).grown.map(({ point }) => point.count));

test('growth: from a young process all, from an old one what comes; less than before is a late look; two processes behind one address do not mix', () => {
  const fresh = () => openGrowth('a', openSeriesBook(10), NEVER);
  expect(counts(fresh(), [look(5), 1003], [look(7), 1004], [look(7), 1005], [look(2), 1006], [look(8), 1007])).toEqual([[5], [2], [], [], [1]]);
  expect(counts(fresh(), [look(5), 9000], [look(7), 9001])).toEqual([[], [2]]);
  expect(counts(fresh(), [look(100), 1003], [look(3, 1005), 1006], [look(104), 1007], [look(4, 1005), 1008])).toEqual([[100], [3], [4], [1]]);
  // Of one that does not tell when it started, less than before is a new beginning.
  expect(counts(fresh(), [look(5, 0), 1003], [look(7, 0), 1004], [look(2, 0), 1005])).toEqual([[], [2], [2]]);
});

test('growth goes on from what earlier lives have counted; what began after anybody looked is counted whole', () => {
  const book = openSeriesBook(10);
  const series = book.find('a', 'x', 'counter', {}, []);
  if (!series) throw new Error('full');
  const before = { processes: new Map([[1000, new Map([[series, { value: 5, sum: 0, buckets: [] }]])]]), seen: 5000 };
  expect(counts(openGrowth('a', book, before), [look(7), 9000], [look(4, 5001), 9001], [look(3, 4999), 9002])).toEqual([[2], [4], []]);
});

test('series beyond the bound are refused and counted; after an hour without use they make place', () => {
  let now = 0;
  const grow = openGrowth('a', openSeriesBook(1, { now: () => now }), NEVER);
  const of = (name: string) => ({ kind: 'gauge', name, labels: {}, value: 1 }) as const;
  const seen = (...names: readonly string[]) => grow({ startedAt: 1, leftOut: [], readings: names.map(of) }, 2);
  expect(seen('x', 'y')).toMatchObject({ grown: [{ series: { name: 'x' } }], refused: 1 });
  now += 3_700_000;
  expect(seen('y', 'x')).toMatchObject({ grown: [{ series: { name: 'y' } }], refused: 1 });
});

test('one service that makes ever new series takes no place from the others', () => {
  const book = openSeriesBook(3, { ofService: 2 });
  const find = (service: string, name: string) => book.find(service, name, 'counter', {}, []) !== undefined;
  expect([find('loud', 'a'), find('loud', 'b'), find('loud', 'c'), find('shop', 'a'), find('loud', 'a'), find('more', 'a')]).toEqual([true, true, false, true, true, false]);
});

test('a start that is no time is none; sixty processes behind one address are told apart', () => {
  for (const start of ['NaN', '+Inf', '-5', '1e300']) expect(readExposition(`process_start_time_seconds ${start}\n`, all, 9).startedAt).toBe(0);
  const grow = openGrowth('a', openSeriesBook(10), { processes: new Map(), seen: 0 });
  const pods = Array.from({ length: 60 }, (_, n) => 9000 + n);
  const rounds = [1, 2, 3].flatMap((round) => pods.flatMap((pod) => grow(look(round * 5, pod), 9500 + round).grown.map(({ point }) => point.count)));
  expect(rounds).toEqual(Array.from({ length: 180 }, () => 5));
});

test('what is kept of a look does not hold its whole text in memory', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const used = () => {
    collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const filling = Array.from({ length: 3000 }, (_, n) => `left_out_${n} ${'9'.repeat(300)}\n`).join('');
  const before = used();
  // Each with an exemplar, a name and a label of its own, of which something is kept.
  const kept = Array.from({ length: 200 }, (_, n) => readExposition(`# TYPE a_rather_long_name_${n} histogram\na_rather_long_name_${n}_bucket{route="/v1/things/${n}",le="+Inf"} 1 # {trace_id="${String(n).padStart(32, '0')}"} 0.1 1795413477.5\n${filling}`, (name) => name.startsWith('a_'), 9000).readings);
  expect(kept.flat()).toHaveLength(200);
  // The texts are a megabyte each.
  expect(used() - before).toBeLessThan(20);
}, 60_000);

test('a figure beyond every measurement is none, and spoils nothing beside it', () => {
  const text = (value: string, sum = '1') => `# TYPE g gauge\ng ${value}\n# TYPE c counter\nc_total ${value}\n# TYPE x histogram\nx_bucket{le="+Inf"} 1\nx_sum ${sum}\nx_count 1\n# TYPE fine gauge\nfine 1\n`;
  const names = (...one: readonly [string, string?]) => readExposition(text(...one), all, 10).readings.map(({ name }) => name);
  expect(names('1e308')).toEqual(['fine', 'x']);
  expect(names('-1')).toEqual(['g', 'fine', 'x']);
  for (const sum of ['NaN', '+Inf', '-1e16']) expect(names('1', sum)).toEqual(['g', 'c_total', 'fine']);
});

/** Worked by hand after Prometheus' documentation of histogram_quantile(). */
test.each([[0.5, [10, 10, 0], 0.1], [0.75, [10, 10, 0], 0.55], [0.25, [10, 10, 0], 0.05], [0.99, [0, 0, 5], 1], [0.5, [0, 4, 0], 0.55], [0.5, [0, 0, 0], null]])('quantile %d of %j is %d', (q, buckets, expected) => {
  const found = quantileOf(q, [0.1, 1], buckets);
  if (expected === null) expect(found).toBeNull();
  else expect(found).toBeCloseTo(expected, 12);
});

const book = openSeriesBook(100);
function seen(at: number, service: string, name: string, labels: Labels, count: number): Measured {
  const series: Series | undefined = book.find(service, name, name.endsWith('_total') ? 'counter' : 'histogram', labels, name.endsWith('_total') ? [] : [0.1, 1]);
  if (!series) throw new Error('full');
  return { at, series, point: { count, sum: count * 0.05, max: 0, buckets: name.endsWith('_total') ? [] : [count, 0, 0] } };
}
const answered = (at: number, status: number, count: number) => seen(at, 'a', 'http_server_request_duration_seconds', { http_request_method: 'GET', http_route: '/x', http_response_status_code: String(status) }, count);

test('RED: exact counts, errors are 5xx, refused are 4xx, a series of equal steps', () => {
  const [red, ...more] = redOf('route', [answered(100, 200, 6), answered(101, 503, 2), answered(103, 404, 2)], { from: 100, to: 104, step: 2 });
  expect(more).toEqual([]);
  expect(red).toMatchObject({
    labels: { service: 'a', method: 'GET', route: '/x' }, requests: 10, errors: 2, refused: 2, rate: 2.5, errorRate: 0.2, p50: 0.05,
    series: { at: [100_000, 102_000], rate: [4, 1], errors: [1, 0] },
  });
  expect(red?.mean).toBeCloseTo(0.05);
});

test('edges: callers and callees joined; a cache in PostgreSQL is one edge, counted once; around the kit there is no reference', () => {
  const edges = edgesOf([
    seen(1, 'gateway', 'http_client_request_duration_seconds', { server_address: 'auth', journey_reference: 'gateway.AUTH_URL', http_response_status_code: '200' }, 4),
    seen(2, 'gateway', 'http_client_request_duration_seconds', { server_address: 'auth', journey_reference: 'gateway.AUTH_URL', http_response_status_code: 'none' }, 1),
    seen(2, 'auth', 'http_server_callers_total', { caller: 'gateway', journey_reference: 'gateway.AUTH_URL' }, 4),
    seen(3, 'auth', 'http_server_callers_total', { caller: 'notification', journey_reference: '' }, 1),
    seen(3, 'gateway', 'db_client_operation_duration_seconds', { journey_reference: 'gateway.SESSIONS', error_type: '' }, 9),
    seen(3, 'gateway', 'cache_operation_duration_seconds', { journey_reference: 'gateway.SESSIONS', error_type: '' }, 3),
  ]);
  expect(edges).toMatchObject([
    { caller: 'gateway', callee: 'auth', kind: 'call', reference: 'gateway.AUTH_URL', requests: 5, errors: 1, seenBy: 'both', lastSeen: 2000 },
    { caller: 'gateway', callee: 'gateway.SESSIONS', kind: 'cache', requests: 3, seenBy: 'caller' },
    { caller: 'notification', callee: 'auth', kind: 'call', reference: null, requests: 1, p99: null, seenBy: 'callee' },
  ]);
});

test('lines: counters per second with 0 between, gauges with nothing between', () => {
  const gauge = book.find('a', 'g', 'gauge', {}, []);
  if (!gauge) throw new Error('full');
  const [counter, line] = linesOf([seen(11, 'a', 'c_total', {}, 4), { at: 12, series: gauge, point: { count: 2, sum: 6, max: 4, buckets: [] } }], { from: 10, to: 14, step: 2 });
  expect([counter?.value, line?.value]).toEqual([[2, 0], [null, 3]]);
});

test('a range ends now at the latest, and its steps are no finer than what is kept', () => {
  expect(rangeOf({}, 1_000_000_500)).toEqual({ from: 999_701, to: 1_000_001, step: null });
  expect(rangeOf({ from: 5000, to: 4000 })).toMatch(/not before/);
  expect(rangeOf({ from: 0 })).toMatch(/70 days/);
  expect([stepOf({ from: 0, to: 300, step: null }, 1), stepOf({ from: 0, to: 3600, step: 1 }, 10), stepOf({ from: 0, to: 300, step: 7 }, 10)]).toEqual([1, 20, 10]);
});
