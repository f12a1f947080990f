import { expect, test } from '@jest/globals';
import { freezeOf } from './freeze.ts';

test('reads the rule and its reason', () => {
  expect(freezeOf({ value: { frozen: true, reason: 'release week' } })).toEqual({ frozen: true, reason: 'release week' });
  expect(freezeOf({ value: { frozen: false } })).toEqual({ frozen: false, reason: '' });
  expect(freezeOf({ value: { frozen: true, reason: 7 } })).toEqual({ frozen: true, reason: '' });
});

test.each([null, 'x', {}, { value: null }, { value: {} }, { value: { frozen: 'no' } }, { value: { frozen: 0 } }])('%j is not taken for "not frozen"', (answer) => {
  expect(freezeOf(answer)).toBeNull();
});
