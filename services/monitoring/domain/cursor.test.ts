import { expect, test } from '@jest/globals';
import { cursorIn, cursorText } from './cursor.ts';
import { topicsIn } from './topic.ts';

test('a cursor is read as it was written', () => {
  const cursor = { hops: { at: 12 }, logs: { at: 0 }, health: { at: 3, of: '9f8e7d6c' }, alerts: { at: 999_999_999_999_999 } };
  expect(cursorText(cursor)).toBe('hops=12.logs=0.health=3@9f8e7d6c.alerts=999999999999999');
  expect(cursorIn(cursorText(cursor))).toEqual(cursor);
  expect(cursorIn('logs=7')).toEqual({ logs: { at: 7 } });
});

test.each(['', '7', 'logs', 'logs=', 'logs=-1', 'logs=1e9', 'logs=1.', '.logs=1', 'logs=1.logs=2', 'logs=1;drop', 'logs=٣', 'logs=1\n', 'health=1@x', '__proto__=1', 'constructor=1', 'logs=9999999999999999', `${'logs=1.'.repeat(50)}`])('%j is no cursor', (text) => {
  expect(cursorIn(text)).toBeUndefined();
});

test('topics are named each once, in one order; a word that is none is told', () => {
  expect(topicsIn('alerts,hops,alerts')).toEqual(['hops', 'alerts']);
  expect([topicsIn('hops,metrics'), topicsIn('hops,'), topicsIn('Hops')]).toEqual([{ unknown: 'metrics' }, { unknown: '' }, { unknown: 'Hops' }]);
});
