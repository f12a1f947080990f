import { expect, test } from '@jest/globals';
import { figureOf, isSteady, ratioOf } from './statistics.ts';

test('a figure is a median with its spread', () => {
  expect(figureOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3, runs: 3 });
  expect(figureOf([4, 1, 2, 3])).toEqual({ median: 2.5, min: 1, max: 4, runs: 4 });
  expect(() => figureOf([])).toThrow(RangeError);
});

test('a ratio compares what ran side by side', () => {
  expect(ratioOf([2, 8, 3], [1, 2, 3])).toEqual({ median: 2, min: 1, max: 4, runs: 3 });
  expect(ratioOf([2, 8], [1])).toEqual({ median: 2, min: 2, max: 2, runs: 1 });
});

test('a control that drifts by more than a tenth, either way, says nothing', () => {
  expect([0.85, 0.95, 1, 1.09, 1.2].map((value) => isSteady(figureOf([value])))).toEqual([false, true, true, true, false]);
});
