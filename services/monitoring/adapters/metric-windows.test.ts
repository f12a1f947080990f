import { expect, test } from '@jest/globals';
import { openSeriesBook } from '../domain/metric.ts';
import { testContract } from '../../kit/test/contract.ts';
import { testKit } from '../../kit/test/kit.ts';
import { until } from '../../kit/test/until.ts';
import { ZERO } from '../domain/told.ts';
import { openOutbox } from './metric-outbox.ts';
import { openRing } from './metric-ring.ts';
import { openWindows } from './metric-windows.ts';

const BEGAN = 1_000_000;
function open(failing: readonly ('read' | 'round' | 'forget')[] = []) {
  const kit = testKit(testContract);
  const [ring, outbox, called] = [openRing(BEGAN), openOutbox(), new Set<string>()];
  const kept: (readonly [number, number])[] = [];
  const clock = { now: BEGAN };
  const call = (what: 'read' | 'round' | 'forget') => {
    called.add(what);
    return failing.includes(what) ? Promise.reject(new Error(what)) : Promise.resolve();
  };
  const windows = openWindows({
    ring, outbox, written: () => Promise.resolve(),
    counting: {
      async read(windows, levels) {
        await call('read');
        for (const { at, told } of windows) for (const { total } of told) kept.push([at, total.value]);
        for (const { at, point } of levels) kept.push([at, point.count]);
      },
    },
    rollup: { round: () => call('round').then(() => 0), forget: () => call('forget') },
  }, kit.log, () => clock.now);
  return { kit, ring, outbox, kept, clock, called, windows };
}

test('who stops writes both windows that are open: the last, and the one that waits for late looks', async () => {
  const { kit, ring, outbox, kept, clock, windows } = open();
  const book = openSeriesBook(2);
  const [counter, gauge] = [book.find('shop', 'things_total', 'counter', {}, []), book.find('shop', 'level', 'gauge', {}, [])];
  if (!counter || !gauge) throw new Error('full');
  for (const [second, value] of [[3, 1], [9, 3], [10, 7], [11, 15]] as const) {
    clock.now = BEGAN + second;
    ring.add(clock.now, [{ series: gauge, point: { count: 1, sum: 0, max: 0, buckets: [] }, exemplars: [] }]);
    outbox.add(clock.now, { source: 'shop 1', service: 'shop', began: 1, seen: clock.now }, [{ series: counter, source: 'shop 1', time: BigInt(second), total: { ...ZERO, value }, base: ZERO, began: 1, neverFalls: true, exemplars: [] }]);
  }
  await windows.stop();
  expect(kept).toEqual([[BEGAN, 3], [BEGAN, 2], [BEGAN + 10, 15], [BEGAN + 10, 2]]);
  expect(outbox.before(Infinity)).toEqual([]);
  await kit.close();
});

test('a clock that had been far ahead does not stop the writing until it is as late again', async () => {
  const { kit, ring, outbox, kept, clock, windows } = open();
  const series = openSeriesBook(1).find('shop', 'level', 'gauge', {}, []);
  if (!series) throw new Error('full');
  clock.now = BEGAN + 3600;
  ring.add(clock.now, [{ series, point: { count: 1, sum: 1, max: 1, buckets: [] }, exemplars: [] }]);
  windows.start();
  await until('the future is written', () => windows.writtenUntil > BEGAN + 3500);
  clock.now = BEGAN + 40;
  ring.add(clock.now, [{ series, point: { count: 1, sum: 2, max: 2, buckets: [] }, exemplars: [] }]);
  expect(ring.read('all', BEGAN, BEGAN + 60).map(({ at, point }) => [at, point.count])).toEqual([[BEGAN + 40, 2]]);
  await until('it is written from now on again', () => windows.writtenUntil <= BEGAN + 50);
  await windows.stop();
  expect(kept).toContainEqual([BEGAN + 40, 2]);
  expect(outbox.before(Infinity)).toEqual([]);
  await kit.close();
});

test.each(['read', 'round', 'forget'] as const)('what fails (%s) does not hold back the rest', async (failing) => {
  const { kit, clock, called, windows } = open([failing]);
  clock.now = BEGAN + 20;
  windows.start();
  await until('all were tried', () => called.size === 3);
  await windows.stop();
  await kit.close();
});
