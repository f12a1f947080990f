import { expect, test } from '@jest/globals';
import { attribute, lineAt, logs, spanAt, spanId, traceId, traces } from '../test/otlp.ts';
import { logsOf } from './logs.ts';
import { anyOf, attributesOf, idOf, listOf, nanosOf, recordOf } from './otlp.ts';
import { spansOf } from './spans.ts';
import { textOf } from './text.ts';

test.each([
  ['a'.repeat(32), 32, 'a'.repeat(32)], ['A'.repeat(16), 16, 'a'.repeat(16)], ['0'.repeat(32), 32, null], ['a'.repeat(31), 32, null], ['g'.repeat(16), 16, null], [7, 16, null], [undefined, 16, null],
] as const)('id %j of %d digits', (value, digits, id) => expect(idOf(value, digits)).toBe(id));

test.each([
  ['1795413477000000001', 1795413477000000001n], [1000, 1000n], ['0', null], ['-1', null], ['1e18', null], [1.5, null], [1e300, null], ['9'.repeat(20), null], ['9223372036854775808', null], [null, null], [{}, null],
] as const)('nanoseconds %j', (value, nanos) => expect(nanosOf(value)).toBe(nanos));

test.each<[unknown, unknown]>([
  [{ stringValue: 'x' }, 'x'], [{ stringValue: 7 }, undefined], [{ boolValue: false }, false], [{ boolValue: 'x' }, undefined], [{ intValue: '42' }, 42], [{ intValue: -42 }, -42],
  [{ intValue: '9223372036854775807' }, '9223372036854775807'], [{ intValue: 1.5 }, undefined], [{ intValue: 'x' }, undefined], [{ intValue: {} }, undefined], [{ doubleValue: 1.5 }, 1.5], [{ doubleValue: Number.NaN }, undefined],
  [{ arrayValue: { values: [{ stringValue: 'a' }, null, { boolValue: true }] } }, ['a', true]], [{ arrayValue: {} }, []], [{ arrayValue: 7 }, undefined],
  [{ kvlistValue: { values: [{ key: 'k', value: { intValue: 1 } }] } }, { k: 1 }], [{ bytesValue: 'AAEC' }, 'AAEC'], [{}, undefined], [null, undefined], ['x', undefined], [[], undefined],
])('value %j', (value, plain) => expect(anyOf(value)).toEqual(plain));

test('nesting, numbers of attributes and lengths are limited', () => {
  const nested = (depth: number): unknown => depth === 0 ? { stringValue: 'x' } : { arrayValue: { values: [nested(depth - 1)] } };
  expect(JSON.stringify(anyOf(nested(3)))).toBe('[[["x"]]]');
  expect(JSON.stringify(anyOf(nested(20)))).toBe('[[[[]]]]');
  expect(Object.keys(attributesOf(Array.from({ length: 1000 }, (_, i) => attribute(`k${i}`, 'x'))))).toHaveLength(128);
  expect(textOf('x'.repeat(5000))).toHaveLength(4097);
  expect(textOf(7)).toBeNull();
});

test('of attributes the ill-formed are left out, the first of two equal keys stays, and no key is special', () => {
  const read = attributesOf([attribute('a', 'first'), attribute('a', 'second'), { key: '', value: { stringValue: 'x' } }, { key: 7 }, null, { key: 'b' }, attribute('__proto__', 'own')]);
  expect(Object.entries(read)).toEqual([['a', 'first'], ['__proto__', 'own']]);
  expect([attributesOf('x'), recordOf(null), listOf({})]).toEqual([{}, {}, []]);
});

test('kinds, status, message and a clock that ran backwards', () => {
  const read = (more: object) => spansOf(traces('a', [spanAt(5, more)])).kept[0];
  expect([0, 1, 2, 3, 4, 5, 6, 'x', undefined].map((kind) => read({ kind })?.kind)).toEqual(['internal', 'internal', 'server', 'client', 'producer', 'consumer', 'internal', 'internal', 'internal']);
  expect(read({ status: { code: 2, message: 'no' } })).toMatchObject({ isError: true, message: 'no' });
  expect(read({ status: null })).toMatchObject({ isError: false, message: null });
  const back = read({ endTimeUnixNano: '1' });
  expect(back).toMatchObject({ endedNs: back?.startedNs });
  for (const none of ['0', 0]) expect(read({ endTimeUnixNano: none })).not.toHaveProperty('endedNs');
  expect(read({ parentSpanId: '' })?.parentId).toBeNull();
});

test('without a service name nothing is kept; rubbish in place of groups is nothing', () => {
  expect(spansOf({ resourceSpans: [{ scopeSpans: [{ spans: [spanAt(0)] }] }] })).toMatchObject({ kept: [], refused: 1, why: 'the resource has no service.name' });
  expect(logsOf({ resourceLogs: [{ resource: 7, scopeLogs: [{ logRecords: [lineAt(0, 'x')] }] }] })).toMatchObject({ kept: [], refused: 1 });
  for (const odd of [null, 7, [], {}, { resourceSpans: [null, { scopeSpans: 7 }, { scopeSpans: [null] }] }]) expect([spansOf(odd), logsOf(odd)]).toEqual([{ kept: [], refused: 0, why: null, masked: 0 }, { kept: [], refused: 0, why: null, masked: 0 }]);
});

test('a log record: its level, its body, its span; what is ill-formed is counted', () => {
  const trace = traceId();
  const span = spanId();
  const { kept, refused, why } = logsOf(logs('a', [
    lineAt(0, 'x', { traceId: trace, spanId: span, severityNumber: 17 }), lineAt(0, 'x', { traceId: 'bad', spanId: span, severityNumber: 99 }),
    { ...lineAt(0, ''), body: { kvlistValue: { values: [attribute('k', 1)] } }, severityNumber: undefined }, { ...lineAt(0, 'x'), timeUnixNano: undefined, observedTimeUnixNano: '5' },
    { ...lineAt(0, 'x'), timeUnixNano: 'x' }, { ...lineAt(0, 'x'), body: null },
  ]));
  expect(kept).toMatchObject([
    { traceId: trace, spanId: span, level: 'error', message: 'x' }, { traceId: null, spanId: null, level: 'info' }, { message: '{"k":1}', level: 'info' }, { atNs: '5' },
  ]);
  expect([refused, why]).toEqual([2, 'timeUnixNano is no time']);
});
