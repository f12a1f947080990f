import { expect, test } from '@jest/globals';
import { changesBetween, leavesOf, show } from './leaves.ts';

const said = (before: unknown, after: unknown) => changesBetween(before, after).map(({ path, from, to }) => `${show(path)} ${JSON.stringify(from) ?? '-'} → ${JSON.stringify(to) ?? '-'}`);

test.each<[string, unknown, unknown, string[]]>([
  ['equal', { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
  ['a value', { a: { b: 1 } }, { a: { b: 2 } }, ['a.b 1 → 2']],
  ['another type', { a: '1' }, { a: 1 }, ['a "1" → 1']],
  ['a key that is new, one that is gone', { old: 1 }, { now: null }, ['now - → null', 'old 1 → -']],
  ['an empty list that is new', {}, { a: [], b: {} }, ['a - → "[]"', 'b - → "{}"']],
  ['a list for a value', { a: 1 }, { a: [1] }, ['a 1 → -', 'a[0] - → 1']],
  ['a named entry', { env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] }, { env: [{ name: 'B', value: '3' }, { name: 'A', value: '1' }] }, ['env[B].value "2" → "3"', 'env.order "A, B" → "B, A"']],
  ['an entry in the middle', { a: [1, 2, 3] }, { a: [1, 9, 2, 3] }, ['a[1] - → 9']],
  ['two entries in two places', { a: ['b', 'd', 'e'] }, { a: ['a', 'b', 'c', 'd', 'e'] }, ['a[0] - → "a"', 'a[2] - → "c"']],
  ['entries that are gone', { a: [1, 2, 3, 4] }, { a: [2, 4] }, ['a[0] 1 → -', 'a[2] 3 → -']],
  ['another entry in its place, and one behind', { a: [1, 2, 3] }, { a: [1, 7, 8, 3] }, ['a[1] 2 → 7', 'a[2] - → 8']],
  ['fewer in its place', { a: [1, 2, 2, 3] }, { a: [1, 7, 3] }, ['a[1] 2 → 7', 'a[2] 2 → -']],
  ['more than anybody compares', { a: Array.from({ length: 1200 }, (_, i) => `a${i}`) }, { a: ['b'] }, [`a[0] "a0" → "b"`, ...Array.from({ length: 1199 }, (_, i) => `a[${i + 1}] "a${i + 1}" → -`)]],
  ['two entries of one name', [{ name: 'A', v: 1 }, { name: 'A', v: 2 }], [{ name: 'A', v: 1 }, { name: 'A', v: 3 }], ['[1].v 2 → 3']],
  ['ports', [{ port: 80, protocol: 'TCP' }], [{ port: 81, protocol: 'TCP' }], ['[81 TCP].port - → 81', '[81 TCP].protocol - → "TCP"', '[80 TCP].port 80 → -', '[80 TCP].protocol "TCP" → -']],
  ['a prototype', JSON.parse('{"__proto__": {"a": 1}}'), {}, ['__proto__.a 1 → -']],
])('%s', (_, before, after, changes) => expect(said(before, after)).toEqual(changes));

test('paths are shown as one writes them', () => {
  expect(leavesOf({ metadata: { annotations: { 'a.b/c': 'x' } }, spec: { containers: [{ name: 'gateway', args: ['-v'] }] } }).map(({ path }) => show(path)))
    .toEqual(['metadata.annotations."a.b/c"', 'spec.containers[gateway].name', 'spec.containers[gateway].args[0]']);
});
