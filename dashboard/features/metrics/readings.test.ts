import { expect, test } from '@jest/globals';
import { readingText } from './readings.ts';

test.each([[12.5, '/s', '12.5 /s'], [0.0214, 's', '21.4 ms'], [1_234_567, '', '1,235,000'], [0, '/s', '0 /s'], [null, 's', '–'], [undefined, '', '–']] as const)('%p in %p reads %s', (value, unit, said) => {
  expect(readingText(value, unit)).toBe(said);
});
