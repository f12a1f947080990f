import { problem } from '../../kit/problem.ts';

/**
 * Lets `atOnce` run and `waiting` wait, first come first served.
 * @throws Problem `unavailable` for who comes when all places are taken
 */
export function gate(limits: { readonly atOnce: number; readonly waiting: number; readonly what: string }): <T>(fn: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = [];
  let running = 0;
  return async (fn) => {
    if (running >= limits.atOnce) {
      if (queue.length >= limits.waiting) throw problem('unavailable', `Too many ${limits.what} at once.`, { fix: 'Wait a second and try again.' });
      // Who leaves hands its place over, so nobody slips in between.
      await new Promise<void>((resolve) => queue.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await fn();
    } finally {
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
