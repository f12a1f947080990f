import { expect, test } from '@jest/globals';
import { openSeriesBook } from '../domain/metric.ts';
import { ZERO, type Told } from '../domain/told.ts';
import { openOutbox } from './metric-outbox.ts';

const series = openSeriesBook(1).find('shop', 'sold_total', 'counter', {}, []);
const life = (seen: number) => ({ source: 'shop 1', service: 'shop', began: 1, seen });
function told(value: number, base: number): Told {
  if (!series) throw new Error('full');
  return { series, source: 'shop 1', time: BigInt(value), total: { ...ZERO, value }, base: { ...ZERO, value: base }, began: 1, neverFalls: true, exemplars: [] };
}

test('of one window the newest total is told, from where its first look began; what is done is gone', () => {
  const outbox = openOutbox();
  outbox.add(100, life(100), [told(5, 3)]);
  outbox.add(109, life(109), [told(9, 5)]);
  outbox.add(110, life(110), [told(12, 9)]);
  expect(outbox.before(110)).toMatchObject([{ at: 100, lives: [{ seen: 109 }], told: [{ total: { value: 9 }, base: { value: 3 } }] }]);
  outbox.done(110);
  expect(outbox.before(200)).toMatchObject([{ at: 110, told: [{ total: { value: 12 }, base: { value: 9 } }] }]);
});

test('what waits is bounded by its size, too', () => {
  const outbox = openOutbox();
  const book = openSeriesBook(40_000);
  const many = Array.from({ length: 40_000 }, (_, n) => ({ ...told(1, 0), series: book.find('shop', `x${n}_total`, 'counter', {}, []) ?? told(1, 0).series }));
  for (const at of [0, 10, 20, 30, 40]) outbox.add(at, life(at), many);
  expect(outbox.before(Infinity).map(({ at, told }) => [at, told.length])).toEqual([[20, 40_000], [30, 40_000], [40, 40_000]]);
});

test('an absence of hours keeps sixty windows, and every count', () => {
  const outbox = openOutbox();
  for (let n = 0; n < 1000; n += 1) outbox.add(n * 10, life(n * 10), [told(n + 1, n)]);
  const windows = outbox.before(Infinity);
  expect(windows).toHaveLength(60);
  expect(windows[0]).toMatchObject({ at: 9400, told: [{ total: { value: 941 }, base: { value: 0 } }] });
  expect(windows.at(-1)).toMatchObject({ at: 9990, lives: [{ seen: 9990 }], told: [{ total: { value: 1000 }, base: { value: 999 } }] });
});
