import { expect, test } from '@jest/globals';
import type { KeptLine } from '../../api/logs.ts';
import { linkTo, merged, openIn, questionOf } from './question.ts';

const line = (id: number, at: number): KeptLine => ({ id, at, service: 'auth', level: 'info', message: '', traceId: null, spanId: null, attributes: {} });

test('lines stand by time and each once, whenever they were written down; at one time the later written is the newer', () => {
  const found = [line(4, 300), line(2, 200), line(1, 100)];
  const late = [line(5, 150), line(4, 300), line(3, 300)];
  expect(merged(late, found).map(({ id }) => id)).toEqual([4, 3, 2, 5, 1]);
});

test.each([1_700_000_000_000, 1_700_000_000_000.25, 1_700_000_000_000.999])('the link to a line ends right after it: at %d', (at) => {
  const url = new URL(linkTo(line(7, at)), 'http://app.test');
  const { from = 0, to = 0 } = questionOf(url.searchParams, at + 86_400_000);
  expect([url.pathname, openIn(url.searchParams)]).toEqual(['/logs', 7]);
  // `to` is no part of a range.
  expect(to).toBeGreaterThan(at);
  expect(to - at).toBeLessThanOrEqual(1);
  expect(from).toBeLessThan(at);
});

test.each(['', '0', '-1', '1.5', 'x', '9999999999999999', '12345678901234567'])('no line is named by %j', (text) => {
  expect(openIn(new URLSearchParams({ line: text }))).toBeUndefined();
});
