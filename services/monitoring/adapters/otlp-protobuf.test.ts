import { expect, test } from '@jest/globals';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { fieldOf } from '../../kit/thrown.ts';
import { logsOf } from '../domain/logs.ts';
import { metricsOf, prometheusName } from '../domain/otlp-metrics.ts';
import { spansOf } from '../domain/spans.ts';
import { otlpProtobuf } from './otlp-protobuf.ts';

const codec = otlpProtobuf('Traces', 'rejectedSpans');
const inside = (number: number, ...parts: Uint8Array[]) => new BinaryWriter().tag(number, WireType.LengthDelimited).bytes(Buffer.concat(parts)).finish();
const text = (number: number, value: string) => inside(number, Buffer.from(value));
const nanos = (number: number, value: bigint) => new BinaryWriter().tag(number, WireType.Bit64).fixed64(value).finish();
const int = (number: number, value: number) => new BinaryWriter().tag(number, WireType.Varint).int32(value).finish();
const double = (number: number, value: number) => new BinaryWriter().tag(number, WireType.Bit64).double(value).finish();
const resource = inside(1, inside(1, text(1, 'service.name'), inside(2, text(1, 'py'))));
const nested = (levels: number): Uint8Array => (levels === 0 ? text(1, 'deep') : inside(5, inside(1, nested(levels - 1))));
const span = (...more: Uint8Array[]) => inside(2, inside(1, Buffer.alloc(16, 0xab)), inside(2, Buffer.alloc(8, 0xcd)), inside(4, Buffer.alloc(8, 0xef)), text(5, 'GET /x'), int(6, 2),
  nanos(7, 1_795_413_477_000_000_001n), nanos(8, 1_795_413_477_000_000_009n), inside(15, text(2, 'no'), int(3, 2)), ...more);
const good = inside(1, resource, text(3, 'https://schemas/resource'), inside(2, inside(1, text(1, 'lib'), text(2, '1.2'), inside(3, text(1, 'k'), inside(2, text(1, 'v'))), int(4, 1)), text(3, 'https://schemas/scope'), span(
  inside(9, text(1, 'n'), inside(2, new BinaryWriter().tag(3, WireType.Varint).int64(-9_007_199_254_740_993n).finish())),
  inside(9, text(1, 'd'), inside(2, double(4, 0.5))), inside(9, text(1, 'list'), inside(2, inside(5, inside(1, text(1, 'a')), inside(1, int(2, 1))))),
  text(3, 'a=b'), int(10, 3), int(12, 4), int(14, 5), new BinaryWriter().tag(16, WireType.Bit32).fixed32(0x301).finish(),
  inside(11, nanos(1, 1_795_413_477_000_000_005n), text(2, 'exception'), inside(3, text(1, 'exception.type'), inside(2, text(1, 'Oops'))), int(4, 2)),
  inside(13, inside(1, Buffer.alloc(16, 0x12)), inside(2, Buffer.alloc(8, 0x34)), text(3, 'c=d'), inside(4, text(1, 'why'), inside(2, text(1, 'batch'))), int(5, 6), new BinaryWriter().tag(6, WireType.Bit32).fixed32(0x101).finish()),
  // A field of a later version.
  text(99, 'unknown'),
)));

test('a span in protobuf is the same as in JSON', () => {
  expect(spansOf(codec.decode(good))).toEqual({ refused: 0, why: null, masked: 0, kept: [{
    traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), parentId: 'ef'.repeat(8), service: 'py', name: 'GET /x', kind: 'server', startedNs: '1795413477000000001', endedNs: '1795413477000000009',
    isError: true, message: 'no', attributes: { n: '-9007199254740993', d: 0.5, list: ['a', true] },
    flags: 0x301, extras: {
      traceState: 'a=b', dropped: { attributes: 3, events: 4, links: 5 },
      events: [{ atNs: '1795413477000000005', name: 'exception', attributes: { 'exception.type': 'Oops' }, dropped: 2 }],
      links: [{ traceId: '12'.repeat(16), spanId: '34'.repeat(8), traceState: 'c=d', attributes: { why: 'batch' }, dropped: 6, flags: 0x101 }],
      scope: { name: 'lib', version: '1.2', attributes: { k: 'v' }, dropped: 1, schema: 'https://schemas/scope' }, resource: { schema: 'https://schemas/resource' },
    },
  }] });
  expect(codec.decode(new Uint8Array())).toEqual({ resourceSpans: [] });
});

test('log records and metrics', () => {
  const record = inside(1, resource, inside(2, inside(2, nanos(1, 5n), int(2, 17), inside(5, text(1, 'it broke')), inside(9, Buffer.alloc(16, 1)), inside(10, Buffer.alloc(8, 2)))));
  expect(logsOf(otlpProtobuf('Logs', 'x').decode(record)).kept).toMatchObject([{ service: 'py', level: 'error', message: 'it broke', traceId: '01'.repeat(16), spanId: '02'.repeat(8), atNs: '5' }]);
  const packed = (number: number, all: readonly Uint8Array[]) => inside(number, ...all);
  const eight = (value: bigint) => new BinaryWriter().fixed64(value).finish();
  const point = inside(1, nanos(3, 5n), nanos(4, 3n), double(5, 1.5), packed(6, [eight(1n), eight(2n), eight(0n)]), packed(7, [new BinaryWriter().double(0.1).finish(), new BinaryWriter().double(1).finish()]), inside(9, text(1, 'http.route'), inside(2, text(1, '/x'))));
  const metric = inside(2, text(1, 'http.server.request.duration'), text(3, 's'), inside(9, point, int(2, 1)));
  expect(metricsOf(otlpProtobuf('Metrics', 'x').decode(inside(1, resource, inside(2, metric)))).kept).toEqual([{
    service: 'py', name: 'http_server_request_duration_seconds', kind: 'histogram', source: null, since: '0', time: '5', labels: { http_route: '/x' }, value: 3, sum: 1.5, bounds: [0.1, 1], buckets: [1, 2, 0],
  }]);
});

test('names become Prometheus\'', () => {
  expect([prometheusName('a.b', 's', 'histogram'), prometheusName('a.b', '', 'counter'), prometheusName('jvm.memory', 'By', 'gauge'), prometheusName('x_seconds', 's', 'gauge')]).toEqual(['a_b_seconds', 'a_b_total', 'jvm_memory_bytes', 'x_seconds']);
});

test('ill-formed metrics are refused alone', () => {
  const of = (...metrics: object[]) => metricsOf({ resourceMetrics: [{ resource: { attributes: [{ key: 'service.name', value: { stringValue: 'py' } }] }, scopeMetrics: [{ metrics }] }] });
  const histogram = (explicitBounds: unknown, bucketCounts: unknown) => ({ name: 'x', histogram: { dataPoints: [{ explicitBounds, bucketCounts }] } });
  const { kept, refused } = of({ name: 'good', gauge: { dataPoints: [{ asInt: '7' }] } }, { name: '' }, { name: 'x' }, { name: 'a b', gauge: {} }, { name: 'x', gauge: { dataPoints: [{ asDouble: 'NaN' }] } },
    histogram([1], [1]), histogram([2, 1], [1, 1, 1]), histogram([1], ['1', -1]), histogram([1], [1, null]));
  expect([kept.map(({ name, value }) => [name, value]), refused]).toEqual([[['good', 7]], 8]);
});

test('a partial success is answered in protobuf', () => {
  expect(codec.encode({})).toHaveLength(0);
  expect(Buffer.from(codec.encode({ partialSuccess: { rejectedSpans: '3', errorMessage: 'why' } })).toString('hex')).toBe('0a0708031203776879');
});

const refusalOf = (bytes: Uint8Array) => {
  try {
    codec.decode(bytes);
    return 'taken';
  } catch (error) {
    return fieldOf(error, 'code');
  }
};

test('too deep, too many, groups, lies about lengths and types: each is refused', () => {
  expect(refusalOf(inside(1, inside(2, span(inside(9, text(1, 'k'), inside(2, nested(5)))))))).toBe('taken');
  expect(refusalOf(inside(1, inside(2, span(inside(9, text(1, 'k'), inside(2, nested(5000)))))))).toBe('too_deep');
  expect(refusalOf(Buffer.concat(Array.from({ length: 400_000 }, () => Buffer.from([0x0a, 0]))))).toBe('too_large');
  expect([[0x0b, 0x0c], [0x0a, 5, 1], [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f], [0x08, 1], [0x0a, 2, 0x0a, 9], [0xff], [0x00, 1]].map((bytes) => refusalOf(Uint8Array.from(bytes)))).toEqual(Array.from({ length: 7 }, () => 'invalid_body'));
});

/** mulberry32: the same bytes for the same seed. */
function random(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test.each([1, 2, 3, 4])('hostile bytes, seed %d: taken or refused by a problem, at once', (seed) => {
  const next = random(seed);
  const began = performance.now();
  for (let round = 0; round < 3000; round++) {
    const bytes = Buffer.from(good);
    for (let changes = 0; changes < 1 + next() * 8; changes++) bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
    const cut = bytes.subarray(0, next() < 0.3 ? Math.floor(next() * bytes.length) : bytes.length);
    const said = refusalOf(cut);
    expect(['taken', 'invalid_body', 'too_deep', 'too_large']).toContain(said);
    // What was taken is read by what reads JSON: that must not throw, either.
    if (said === 'taken') spansOf(codec.decode(cut));
  }
  expect(performance.now() - began).toBeLessThan(10_000);
});
