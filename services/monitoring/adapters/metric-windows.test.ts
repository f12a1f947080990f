import { expect, test } from '@jest/globals';
import { openSeriesBook } from '../domain/metric.ts';
import { testContract } from '../../kit/test/contract.ts';
import { testKit } from '../../kit/test/kit.ts';
import { openRing } from './metric-ring.ts';
import { openWindows } from './metric-windows.ts';

test('who stops writes both windows that are open: the last, and the one that waits for late looks', async () => {
  const kit = testKit(testContract);
  const series = openSeriesBook(1).find('shop', 'things_total', 'counter', {}, []);
  if (!series) throw new Error('full');
  const began = 1_000_000;
  let now = began;
  const ring = openRing(began);
  const kept = new Map<number, number>();
  const store = {
    keep: (_: number, measured: Parameters<Parameters<typeof openWindows>[1]['keep']>[1]) => {
      for (const { at, point } of measured) kept.set(at, point.count);
      return Promise.resolve();
    },
    newest: () => Promise.resolve(0), rollUp: () => Promise.resolve(), forget: () => Promise.resolve(),
    read: () => Promise.resolve([]), add: () => Promise.resolve(), identify: () => Promise.resolve(new Map()),
  };
  const windows = openWindows(ring, store, kit.log, () => now);
  for (const [second, count] of [[3, 1], [9, 2], [10, 4], [11, 8]] as const) {
    now = began + second;
    ring.add(now, [{ series, point: { count, sum: 0, max: 0, buckets: [] }, exemplars: [] }]);
  }
  await windows.stop();
  expect(Object.fromEntries(kept)).toEqual({ [began]: 3, [began + 10]: 12 });
  await kit.close();
});
