import { expect, test } from '@jest/globals';
import { openSeriesBook } from './metric.ts';
import { newIn, ZERO, type Kept, type Told, type Total } from './told.ts';

const series = openSeriesBook(1).find('shop', 'sold_total', 'counter', {}, []);
const total = (value: number): Total => ({ value, sum: value / 10, buckets: [value] });
function told(time: number, value: number, more: Partial<Told> = {}): Told {
  if (!series) throw new Error('full');
  return { series, source: 'shop 1', time: BigInt(time), total: total(value), base: ZERO, began: 1, neverFalls: true, exemplars: [], ...more };
}
/** What each of them adds, one after the other. */
function counted(...all: readonly Told[]): readonly number[] {
  let kept: Kept | undefined;
  return all.map((one) => {
    const news = newIn(one, kept);
    kept = news.kept ?? kept;
    return news.point?.count ?? 0;
  });
}

test('a total counts from the one before, and the first from zero; with it its sum and its buckets', () => {
  expect(counted(told(1, 40), told(2, 55), told(3, 55))).toEqual([40, 15, 0]);
  expect(newIn(told(2, 55), { ...total(40), time: 1n })).toMatchObject({ point: { count: 15, sum: 1.5, buckets: [15] }, kept: { value: 55, time: 2n } });
});

const stream = (time: number, value: number) => told(time, value, { neverFalls: false });
test('of a stream what is as old as what is kept, or older, changes nothing: a backlog, the same once more', () => {
  expect(counted(stream(5, 50), stream(3, 30), stream(5, 50), stream(4, 60), stream(6, 61))).toEqual([50, 0, 0, 0, 11]);
});

test('of a process the larger total is the later one, whatever the clocks of those say who look at it', () => {
  expect(counted(told(3600, 50), told(3, 30), told(5, 50), told(4, 60), told(6, 58), told(7, 61))).toEqual([50, 0, 0, 10, 0, 1]);
});

test('less than before, though newer, is a new beginning of a stream', () => {
  expect(counted(stream(1, 50), stream(2, 8), stream(3, 9))).toEqual([50, 8, 1]);
});

test('of what nobody knows how much was counted the first total is remembered only', () => {
  expect(counted(told(1, 1000, { base: null }), told(2, 1003))).toEqual([0, 3]);
});

test('what was counted elsewhere counts before what this one remembers', () => {
  expect(newIn(told(9, 70, { base: total(40) }), { ...total(60), time: 8n }).point?.count).toBe(10);
  expect(newIn(told(9, 70, { base: total(40) }), undefined).point?.count).toBe(30);
});
