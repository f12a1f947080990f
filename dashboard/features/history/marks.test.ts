import { expect, test } from '@jest/globals';
import { markedWith } from './marks.ts';

const entries = ['new', 'middle', 'old'].map((commit) => ({ commit }));

test('the older of two marks is where the comparison begins', () => {
  expect(markedWith('new', undefined, undefined, entries)).toEqual({ from: 'new', to: null });
  expect(markedWith('old', 'new', undefined, entries)).toEqual({ from: 'old', to: 'new' });
  expect(markedWith('new', 'old', undefined, entries)).toEqual({ from: 'old', to: 'new' });
});

test('a third takes the place of the newer; a mark is taken back', () => {
  expect(markedWith('middle', 'old', 'new', entries)).toEqual({ from: 'old', to: 'middle' });
  expect(markedWith('old', 'old', 'new', entries)).toEqual({ from: 'new', to: null });
  expect(markedWith('old', 'old', undefined, entries)).toEqual({ from: null, to: null });
});
