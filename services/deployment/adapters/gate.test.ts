import { expect, test } from '@jest/globals';
import { openGate } from './gate.ts';

test('as many as may run at once; the others in the order they came, and first those for which a person waits', async () => {
  const gate = openGate(1);
  const order: string[] = [];
  let running = 0;
  const work = (name: string) => async () => {
    expect(running += 1).toBe(1);
    await Promise.resolve();
    order.push(name);
    running -= 1;
    if (name === 'fails') throw new Error(name);
  };
  const all = await Promise.allSettled([gate(work('a')), gate(work('fails')), gate(work('b')), gate(work('diff'), 'next')]);
  expect(order).toEqual(['a', 'diff', 'fails', 'b']);
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
});
