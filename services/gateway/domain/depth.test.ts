import { expect, test } from '@jest/globals';
import { deeperThan } from './depth.ts';

const bytes = (text: string) => Buffer.from(text);
const nested = (n: number) => bytes('['.repeat(n) + ']'.repeat(n));

test('counts arrays and objects, open ones only', () => {
  expect(deeperThan(3, nested(3))).toBe(false);
  expect(deeperThan(2, nested(3))).toBe(true);
  expect(deeperThan(2, bytes('{"a":[1]}'))).toBe(false);
  expect(deeperThan(1, bytes('{"a":[1]}'))).toBe(true);
  expect(deeperThan(1, bytes('[],'.repeat(50)))).toBe(false);
  expect(deeperThan(32, nested(10_000))).toBe(true);
});

test('brackets in texts do not count, whatever is escaped before them', () => {
  expect(deeperThan(1, bytes('{"a[[[":"]]{{","b":"\\"[["}'))).toBe(false);
  expect(deeperThan(1, bytes('{"a":"\\\\"}'))).toBe(false);
  expect(deeperThan(1, bytes('{"a":"\\\\",[["b"]]}'))).toBe(true);
  expect(deeperThan(1, bytes('{"ä[":"｛｛["}'))).toBe(false);
});

test('an end that never comes and rubbish are no reason to fail', () => {
  expect(deeperThan(4, bytes('"abc'))).toBe(false);
  expect(deeperThan(4, bytes(']]]]"\\'))).toBe(false);
  expect(deeperThan(4, bytes(''))).toBe(false);
});
