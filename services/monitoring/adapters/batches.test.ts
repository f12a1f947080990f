import { expect, test } from '@jest/globals';
import { openBatches } from './batches.ts';

const sizeOf = (some: readonly unknown[]) => some.length;

test('what arrives during a write goes together with the next one', async () => {
  const writes: number[][] = [];
  const first = Promise.withResolvers<void>();
  const batches = openBatches<readonly number[]>(async (group) => { writes.push(group.flat()); if (writes.length === 1) await first.promise; }, sizeOf);
  const all = [batches.add([1]), batches.add([2, 3]), batches.add([]), batches.add([4])];
  first.resolve();
  await Promise.all(all);
  await batches.settled();
  expect(writes).toEqual([[1], [2, 3, 4]]);
});

test('nobody is told "written" before it is', async () => {
  const write = Promise.withResolvers<void>();
  const batches = openBatches<readonly number[]>(() => write.promise, sizeOf);
  let done = false;
  const added = batches.add([1]).then(() => { done = true; });
  await new Promise((resolve) => { setImmediate(resolve); });
  expect(done).toBe(false);
  write.resolve();
  await added;
  expect(done).toBe(true);
});

test('what cannot be written is refused alone: its neighbours are written', async () => {
  const first = Promise.withResolvers<void>();
  let writes = 0;
  const batches = openBatches<readonly string[]>(async (group) => {
    if (writes++ === 0) await first.promise;
    if (group.flat().includes('bad')) throw new Error('no');
  }, sizeOf);
  const results = Promise.allSettled([['a'], ['b'], ['bad'], ['c']].map((items) => batches.add(items)));
  first.resolve();
  expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  await expect(batches.add(['bad'])).rejects.toThrow('no');
  await expect(batches.add(['d'])).resolves.toBeUndefined();
});

test('a large group is written in pieces; more than fits is refused at once and later welcome again', async () => {
  const sizes: number[] = [];
  const first = Promise.withResolvers<void>();
  const batches = openBatches<readonly number[]>(async (group) => { sizes.push(group.flat().length); if (sizes.length === 1) await first.promise; }, sizeOf);
  const some = Array.from({ length: 4000 }, () => 1);
  const added = Promise.all(Array.from({ length: 12 }, () => batches.add(some)));
  await expect(batches.add(some)).rejects.toMatchObject({ code: 'unavailable' });
  first.resolve();
  await added;
  expect(sizes).toEqual([4000, 8000, 8000, 8000, 8000, 8000, 4000]);
  await expect(batches.add(some)).resolves.toBeUndefined();
});
