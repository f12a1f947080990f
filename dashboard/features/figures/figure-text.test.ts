import { expect, test } from '@jest/globals';
import { formatRate, formatSeconds, formatShare } from './figure-text.ts';

test('figures keep three places, and what is not nothing never reads as nothing', () => {
  expect([0, 0.004, 0.424, 12.34, 1204.4].map(formatRate)).toEqual(['0', '< 0.01', '0.42', '12.3', '1,204']);
  expect(formatShare(0, 10)).toBe('0 %');
  expect(formatShare(1, 1_000_000)).toBe('< 0.01 %');
  expect(formatShare(1, 8)).toBe('12.5 %');
  expect(formatShare(8, 8)).toBe('100 %');
  expect(formatShare(0, 0)).toBe('–');
  expect([null, 0.0042, 1.5].map(formatSeconds)).toEqual(['–', '4.20 ms', '1.50 s']);
});
