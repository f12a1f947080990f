import { expect, test } from '@jest/globals';
import type { Hop } from '../../api/monitoring.ts';
import { alignHops, differencesOf } from './align.ts';

const hop = (spanId: string, parentId: string | null, name: string, startedAt: number, attributes: Record<string, unknown> = {}): Hop =>
  ({ spanId, parentId, service: 'gateway', name, kind: 'server', startedAt, durationMs: 1, status: 'ok', attributes });
const shown = (a: readonly Hop[], b: readonly Hop[]) => alignHops(a, b).map((pair) => `${' '.repeat(pair.depth)}${pair.a?.name ?? '-'} ${pair.b?.name ?? '-'}`);

test('the same hops stand beside each other, whatever their ids and times', () => {
  expect(shown([hop('1', null, 'root', 0), hop('2', '1', 'x', 1), hop('3', '1', 'y', 2)], [hop('9', null, 'root', 50), hop('7', '9', 'y', 53), hop('8', '9', 'x', 51)]))
    .toEqual(['root root', ' x x', ' y y']);
});

test('what only one run has stands at its place, with all that is below it', () => {
  expect(shown(
    [hop('1', null, 'root', 0), hop('2', '1', 'cache', 1), hop('3', '1', 'end', 5)],
    [hop('1', null, 'root', 0), hop('2', '1', 'cache', 1), hop('4', '1', 'sql', 2), hop('5', '4', 'rows', 3), hop('3', '1', 'end', 5), hop('6', '1', 'late', 9)],
  )).toEqual(['root root', ' cache cache', ' - sql', '  - rows', ' end end', ' - late']);
  expect(shown([hop('1', null, 'root', 0), hop('2', '1', 'gone', 1)], [hop('1', null, 'root', 0)])).toEqual(['root root', ' gone -']);
});

test('the second of the same is the second, and another order is no other hop', () => {
  expect(shown([hop('1', null, 'r', 0), hop('2', '1', 'x', 1), hop('3', '1', 'x', 2)], [hop('1', null, 'r', 0), hop('2', '1', 'x', 1)])).toEqual(['r r', ' x x', ' x -']);
  expect(shown([hop('1', null, 'r', 0), hop('2', '1', 'x', 1), hop('3', '1', 'y', 2)], [hop('1', null, 'r', 0), hop('3', '1', 'y', 1), hop('2', '1', 'x', 2)])).toEqual(['r r', ' x x', ' y y']);
});

test('every hop of both stands there once, also where parents are missing', () => {
  const a = [hop('1', '0', 'a', 0), hop('2', '2', 'self', 1), hop('3', null, 'r', 2)];
  const pairs = alignHops(a, []);
  expect(pairs).toHaveLength(3);
  expect(alignHops([], [])).toEqual([]);
});

test('attributes that differ are named; those that differ in every run are not', () => {
  const one = hop('1', null, 'x', 0, { 'cache.hit': true, 'server.port': 1, same: [1] });
  const other = { ...hop('2', null, 'x', 0, { 'cache.hit': false, 'server.port': 2, same: [1], more: 'x' }), status: 'error' as const };
  expect(differencesOf(one, other).map(({ name }) => name)).toEqual(['status', 'cache.hit', 'more']);
});
