import { expect, test } from '@jest/globals';
import { parseJson } from './json-text.ts';

test('plain JSON is read; equal keys of different objects are no duplicates', () => {
  expect(parseJson('{"a": {"x": 1}, "b": [{"x": "a: {\\"x\\""}, {"x": 2}]}')).toEqual({ value: { a: { x: 1 }, b: [{ x: 'a: {"x"' }, { x: 2 }] }, problems: [] });
});

test.each([
  ['{"a": 1, "a": 2}', /duplicate key "a"/],
  ['{"a": 1, "\\u0061": 2}', /duplicate key/],
  [`${'['.repeat(65)}${']'.repeat(65)}`, /deeper/],
  ['{"a": 1,}', /JSON/],
  ['', /JSON/],
])('%s is refused', (text, message) => {
  expect(parseJson(text).problems.join()).toMatch(message);
});

test('a key called __proto__ is a key', () => {
  const { value } = parseJson('{"__proto__": {"kind": "Pod"}}');
  expect(Object.keys(value as object)).toEqual(['__proto__']);
});
