import { expect, test } from '@jest/globals';
import type { Hop } from './answer.ts';
import { branchesOf, detailOf } from './tree.ts';

const hop = (spanId: string, parentId: string | null, startedAt: number, more: Partial<Hop> = {}): Hop => ({
  spanId, parentId, startedAt, service: 'gateway', name: spanId, kind: 'internal', durationMs: 1, status: 'ok', attributes: {}, ...more,
});
const shape = (hops: readonly Hop[]) => branchesOf(hops).map((b) => `${'.'.repeat(b.depth)}${b.hop.spanId}`);

test('parents come before children, siblings in the order of time', () => {
  expect(shape([hop('c', 'a', 3), hop('d', 'b', 4), hop('b', 'a', 2), hop('a', null, 1)])).toEqual(['a', '.b', '..d', '.c']);
});

test('an orphan is a root of its own, and nothing is lost', () => {
  expect(shape([hop('a', null, 1), hop('x', 'gone', 2), hop('y', 'x', 3)])).toEqual(['a', 'x', '.y']);
});

test('a hop that claims to be its own parent does not go round for ever', () => {
  expect(shape([hop('a', null, 1), hop('b', 'b', 2)])).toEqual(['a']);
});

test.each([
  [{ 'db.query.text': 'select\n  1', 'db.response.returned_rows': 1 }, 'select 1 · 1 rows'],
  [{ 'cache.hit': true, 'cache.key': 'settings:*' }, 'hit · settings:*'],
  [{ 'cache.hit': false }, 'miss'],
  [{ 'messaging.destination.name': 'events', 'messaging.message.id': '7' }, 'events · message 7'],
  [{ 'mail.message_id': '<1@x>' }, 'mail <1@x>'],
  [{ 'http.response.status_code': 202 }, 'HTTP 202'],
  [{}, ''],
])('%j reads as "%s"', (attributes, told) => {
  expect(detailOf(hop('a', null, 1, { attributes }))).toBe(told);
});

test('a failed hop says why', () => {
  expect(detailOf(hop('a', null, 1, { status: 'error', message: 'refused' }))).toBe('refused');
  expect(detailOf(hop('a', null, 1, { status: 'error' }))).toBe('failed');
});
