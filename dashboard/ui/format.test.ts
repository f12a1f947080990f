import { expect, test } from '@jest/globals';
import { formatAge, formatClock, formatDuration, formatTime, safeReturn, shortId } from './format.ts';
import { themeOf } from './theme.ts';

test.each([
  [0, '0.00 ms'], [0.804, '0.80 ms'], [9.994, '9.99 ms'], [9.996, '10.0 ms'], [99.94, '99.9 ms'], [99.96, '100 ms'], [999.4, '999 ms'], [999.6, '1.00 s'],
  [59_994, '59.99 s'], [59_996, '1 min 0 s'], [125_000, '2 min 5 s'], [-1, '–'], [Number.NaN, '–'],
])('%p ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

test.each([[-5, '0 s'], [59_999, '59 s'], [60_000, '1 min'], [3_600_000, '1 h'], [90_000_000, '1 d']])('%p ms ago is %s', (ms, text) => expect(formatAge(ms)).toBe(text));

test('times of today have seconds, older ones a day', () => {
  const now = new Date(2026, 10, 23, 14, 3, 27).getTime();
  expect(formatTime(now, now)).toBe('14:03:27');
  expect(formatTime(now - 86_400_000, now)).toMatch(/^22 Nov,? (at )?14:03$/);
  expect(formatTime(Number.NaN, now)).toBe('–');
});

test.each([['/journeys?x=1', '/journeys?x=1'], [null, '/'], ['', '/'], ['//evil.example', '/'], ['/\\evil.example', '/'], ['https://evil.example', '/'], ['/a\\b', '/'], ['/a b', '/'], ['/\t/evil', '/']])(
  'a return to %p leads to %s', (path, to) => expect(safeReturn(path)).toBe(to));

test('a clock tells apart what came within one second', () => {
  expect(formatClock(new Date(2026, 10, 23, 14, 3, 27, 5).getTime())).toBe('14:03:27.005');
});

test('ids and themes', () => {
  expect(shortId('0123456789')).toBe('01234567');
  expect([themeOf('dark'), themeOf('x'), themeOf(undefined)]).toEqual(['dark', 'system', 'system']);
});
