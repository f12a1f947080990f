import { expect, test } from '@jest/globals';
import { aligned, oneLine } from './table.ts';
import { ago, counted, short } from './words.ts';

test('columns stand below each other; the last one, and what is empty at the end, is not padded', () => {
  expect(aligned([['a', 'long name', 'x'], ['bbb', { text: '→', paint: (text) => `<${text}>` }, 'a text that is as long as it likes'], ['c', '', '']], ' ')).toEqual([' a    long name  x', ' bbb  <→>          a text that is as long as it likes', ' c']);
  expect(aligned([])).toEqual([]);
});

test('text of others stays one line and steers nothing', () => {
  expect(oneLine('a\r\nb\tc\u001b[2J\u202e')).toBe('a b c\\u001b[2J\\u202e');
  expect(aligned([['a\nb', 'x'], ['c', 'y']])).toEqual(['a b  x', 'c    y']);
});

test.each([[5, '5 s'], [99, '99 s'], [600, '10 min'], [7200, '2 h'], [172_800, '2 d'], [-5, '0 s']])('%i seconds ago: %s', (seconds, text) => {
  expect(ago(new Date(1e12 - seconds * 1000).toISOString(), 1e12)).toBe(text);
});

test('short names, and counted things', () => {
  expect([short('c'.repeat(40)), short(`sha256:${'1'.repeat(64)}`), short('worktree'), ago(undefined), counted(1, 'change'), counted(2, 'change')]).toEqual(['cccccccc', 'sha256:111111111111', 'worktree', '', '1 change', '2 changes']);
});
