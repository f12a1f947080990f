import { expect, test } from '@jest/globals';
import { gate } from './gate.ts';

const held = () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { promise, open: resolve };
};

test('so many run, so many wait, the next is refused', async () => {
  const enter = gate({ atOnce: 2, waiting: 1, what: 'tests' });
  const door = held();
  let running = 0;
  let most = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await door.promise;
    running -= 1;
  };
  const three = [enter(work), enter(work), enter(work)];
  await expect(enter(work)).rejects.toMatchObject({ code: 'unavailable' });
  door.open();
  await Promise.all(three);
  expect(most).toBe(2);
  await enter(async () => { running += 1; });
  expect(running).toBe(1);
});

test('who fails gives its place back, in order', async () => {
  const enter = gate({ atOnce: 1, waiting: 5, what: 'tests' });
  const order: number[] = [];
  const results = await Promise.allSettled([1, 2, 3].map((n) => enter(async () => {
    order.push(n);
    if (n < 3) throw new Error(`no ${String(n)}`);
  })));
  expect(order).toEqual([1, 2, 3]);
  expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected', 'fulfilled']);
});
