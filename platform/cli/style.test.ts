import { expect, test } from '@jest/globals';
import { styleFor, visible } from './style.ts';

test.each([
  ['a pipe', false, {}], ['NO_COLOR', true, { NO_COLOR: '1' }], ['a dumb terminal', true, { TERM: 'dumb' }],
])('no colour: %s', (_, terminal, env) => {
  const style = styleFor(terminal, env);
  expect([style.bold, style.dim, style.good, style.bad, style.warn].map((paint) => paint('x'))).toEqual(['x', 'x', 'x', 'x', 'x']);
});

test('a terminal gets colour, also with an empty NO_COLOR', () => {
  expect(styleFor(true, { NO_COLOR: '' }).bold('x')).toBe('\u001B[1mx\u001B[22m');
});

test('control characters, escapes and changes of direction become visible; tabs and letters stay', () => {
  expect(visible('a\u001B[31mb\u0000\r\n\u009B\u007F\u202E\u2066\tü🎉')).toBe('a\\u001b[31mb\\u0000\\u000d\\u000a\\u009b\\u007f\\u202e\\u2066\tü🎉');
});
