import { expect, test } from '@jest/globals';
import { joined } from './histogram.ts';
import { openSeriesBook } from './metric.ts';
import { quantileOf } from './quantile.ts';

const book = openSeriesBook(10);
function of(bounds: readonly number[], buckets: readonly number[]) {
  const series = book.find('shop', 'x_seconds', 'histogram', {}, bounds);
  if (!series) throw new Error('full');
  return { series, point: { count: buckets.reduce((sum, one) => sum + one, 0), sum: 1, max: 0, buckets } };
}

test('buckets of one kind are added up as they are', () => {
  expect(joined([of([1, 2], [1, 2, 3]), of([1, 2], [4, 5, 6])])).toEqual({ bounds: [1, 2], point: { count: 21, sum: 2, max: 0, buckets: [5, 7, 9] } });
  expect(joined([])).toBeUndefined();
});

test('of different ones the bounds that all have stay, with exact counts', () => {
  const found = joined([of([0.1, 0.25, 1], [1, 2, 4, 8]), of([0.05, 0.1, 0.2, 1, 5], [16, 32, 64, 128, 256, 512])]);
  expect(found).toEqual({ bounds: [0.1, 1], point: { count: 1023, sum: 2, max: 0, buckets: [49, 198, 776] } });
  expect(quantileOf(0.5, found?.bounds ?? [], found?.point.buckets ?? [])).toBe(1);
});

test('equally many bounds, and others: nothing is added to what it is not', () => {
  expect(joined([of([1, 2], [1, 1, 1]), of([1, 3], [1, 1, 1])])).toMatchObject({ bounds: [1], point: { buckets: [2, 4] } });
  expect(joined([of([1], [1, 1]), of([2], [1, 1])])).toMatchObject({ bounds: [], point: { count: 4, buckets: [4] } });
});
