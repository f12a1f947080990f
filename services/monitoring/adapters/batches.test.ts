import { expect, test } from '@jest/globals';
import { openBatches } from './batches.ts';
import { openRetention } from './retention.ts';

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, fatal: () => undefined };

test('what arrives during a write goes together with the next one', async () => {
  const writes: number[][] = [];
  const first = Promise.withResolvers<void>();
  const batches = openBatches<number>(async (items) => { writes.push([...items]); if (writes.length === 1) await first.promise; });
  const all = [batches.add([1]), batches.add([2, 3]), batches.add([]), batches.add([4])];
  first.resolve();
  await Promise.all(all);
  await batches.settled();
  expect(writes).toEqual([[1], [2, 3, 4]]);
});

test('nobody is told "written" before it is', async () => {
  const write = Promise.withResolvers<void>();
  const batches = openBatches<number>(() => write.promise);
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
  const batches = openBatches<string>(async (items) => {
    if (writes++ === 0) await first.promise;
    if (items.includes('bad')) throw new Error('no');
  });
  const results = Promise.allSettled([['a'], ['b'], ['bad'], ['c']].map((items) => batches.add(items)));
  first.resolve();
  expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  await expect(batches.add(['bad'])).rejects.toThrow('no');
  await expect(batches.add(['d'])).resolves.toBeUndefined();
});

test('a large group is written in pieces; more than fits is refused at once and later welcome again', async () => {
  const sizes: number[] = [];
  const first = Promise.withResolvers<void>();
  const batches = openBatches<number>(async (items) => { sizes.push(items.length); if (sizes.length === 1) await first.promise; });
  const some = Array.from({ length: 4000 }, () => 1);
  const added = Promise.all(Array.from({ length: 12 }, () => batches.add(some)));
  await expect(batches.add(some)).rejects.toMatchObject({ code: 'unavailable' });
  first.resolve();
  await added;
  expect(sizes).toEqual([4000, 8000, 8000, 8000, 8000, 8000, 4000]);
  await expect(batches.add(some)).resolves.toBeUndefined();
});

test('retention goes on until nothing is left, again and again, and survives a failure', async () => {
  const answers: (number | Error)[] = [20_000, 5, 0, new Error('away'), 0];
  const rounds = Promise.withResolvers<void>();
  const said: string[] = [];
  const retention = openRetention({
    forget: () => {
      const next = answers.shift();
      if (answers.length === 0) rounds.resolve();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next ?? 0);
    },
  }, { ...log, info: (message, fields) => { said.push(`${message} ${String(fields?.['rows'])}`); }, warn: (message) => { said.push(message); } }, 1);
  retention.start();
  // The timer of the next round holds no process open; something else has to, here.
  const hold = setInterval(() => undefined, 1000);
  await rounds.promise;
  clearInterval(hold);
  await retention.stop();
  expect(said).toEqual(['old telemetry was deleted 20005', 'old telemetry could not be deleted']);
});
