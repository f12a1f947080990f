import { problem } from '../../kit/problem.ts';

/** Collects what many requests bring and writes it together. */
export interface Batches<T> {
  /** Resolves when these are written, rejects when they are not. */
  add(items: readonly T[]): Promise<void>;
  /** Resolves when nothing waits any more. */
  settled(): Promise<void>;
}
interface Waiting<T> {
  readonly items: readonly T[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Waiting items beyond this are refused: memory is finite, and senders try again. */
const MOST_WAITING = 50_000;
/** Written at once, at most (one request may bring more; it is not split). */
const LARGEST_WRITE = 5000;

/** While one write runs, what arrives waits and goes together with the next: one commit for many senders. */
export function openBatches<T>(write: (items: readonly T[]) => Promise<void>): Batches<T> {
  const waiting: Waiting<T>[] = [];
  let count = 0;
  let running: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const group = nextGroup();
      try {
        await write(group.flatMap(({ items }) => items));
        for (const one of group) one.resolve();
      } catch (error) {
        if (group.length === 1) group[0]?.reject(error);
        else await each(group);
      } finally {
        count -= sizeOf(group);
      }
    }
    running = undefined;
  }

  function nextGroup(): Waiting<T>[] {
    let size = 0;
    const last = waiting.findIndex(({ items }) => (size += items.length) >= LARGEST_WRITE);
    return waiting.splice(0, last === -1 ? waiting.length : last + 1);
  }

  /** One sender's rubbish must not take the others' batches with it. */
  async function each(group: readonly Waiting<T>[]): Promise<void> {
    for (const { items, resolve, reject } of group) await write(items).then(resolve, reject);
  }

  return {
    add(items) {
      if (items.length === 0) return Promise.resolve();
      if (count + items.length > MOST_WAITING) return Promise.reject(problem('unavailable', 'More telemetry waits to be written than fits.', { at: 'monitoring' }));
      count += items.length;
      return new Promise((resolve, reject) => {
        waiting.push({ items, resolve, reject });
        running ??= work();
      });
    },
    settled: () => running ?? Promise.resolve(),
  };
}

function sizeOf(group: readonly Waiting<unknown>[]): number {
  return group.reduce((sum, { items }) => sum + items.length, 0);
}
