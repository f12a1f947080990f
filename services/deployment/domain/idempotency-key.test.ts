import { expect, test } from '@jest/globals';
import { idempotencyKey } from './idempotency-key.ts';

test.each([
  ['abc', 'abc'], ['"abc"', 'abc'], ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
  ['', null], ['""', null], ['a b', null], ['a\u0000', null], ['ä', null], ['x'.repeat(200), 'x'.repeat(200)], ['x'.repeat(201), null],
])('%j is read as %j', (header, key) => {
  expect(idempotencyKey(header)).toBe(key);
});
