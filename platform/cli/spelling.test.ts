import { expect, test } from '@jest/globals';
import { didYouMean } from './spelling.ts';

test.each([
  ['prodution', 'Did you mean production?'],
  ['DEV', 'Did you mean dev?'],
  ['dec', 'Did you mean dev?'],
  ['stagng', 'Did you mean staging?'],
  ['kubernetes', undefined],
  ['', undefined],
])('%j → %j', (typed, said) => {
  expect(didYouMean(typed, ['dev', 'production', 'staging'])).toBe(said);
});

test('nothing is meant where nothing is known', () => {
  expect(didYouMean('x', [])).toBeUndefined();
});
