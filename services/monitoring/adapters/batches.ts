import { Problem } from '../../kit/problem.ts';

/** Collects what many requests bring and writes it together. */
export interface Batches<T> {
  /** Resolves when it is written, rejects when it is not. @throws Problem `unavailable` when no more fits */
  add(one: T): Promise<void>;
  /** Resolves when nothing waits any more. */
  settled(): Promise<void>;
  /** Was it refused because no more fits? */
  isFull(error: unknown): boolean;
}
class Full extends Problem {}
interface Waiting<T> {
  readonly one: T;
  readonly size: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Waiting records beyond this are refused: memory is finite, and senders try again. */
const MOST_WAITING = 50_000;
/** Written at once, at most (one request may bring more; it is not split). */
const LARGEST_WRITE = 5000;

/** While one write runs, what arrives waits and goes together with the next: one commit for many senders. @param sizeOf records in one */
export function openBatches<T>(write: (group: readonly T[]) => Promise<void>, sizeOf: (one: T) => number): Batches<T> {
  const waiting: Waiting<T>[] = [];
  let count = 0;
  let running: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const group = nextGroup();
      try {
        await write(group.map(({ one }) => one));
        for (const { resolve } of group) resolve();
      } catch (error) {
        if (group.length === 1) group[0]?.reject(error);
        else await each(group);
      } finally {
        count -= group.reduce((sum, { size }) => sum + size, 0);
      }
    }
    running = undefined;
  }

  function nextGroup(): Waiting<T>[] {
    let size = 0;
    const last = waiting.findIndex((one) => (size += one.size) >= LARGEST_WRITE);
    return waiting.splice(0, last === -1 ? waiting.length : last + 1);
  }

  /** One sender's rubbish must not take the others' batches with it. */
  async function each(group: readonly Waiting<T>[]): Promise<void> {
    for (const { one, resolve, reject } of group) await write([one]).then(resolve, reject);
  }

  return {
    add(one) {
      const size = sizeOf(one);
      if (size === 0) return Promise.resolve();
      if (count + size > MOST_WAITING) return Promise.reject(new Full('unavailable', 'More telemetry waits to be written than fits.', { at: 'monitoring' }));
      count += size;
      return new Promise((resolve, reject) => {
        waiting.push({ one, size, resolve, reject });
        running ??= work();
      });
    },
    settled: () => running ?? Promise.resolve(),
    isFull: (error) => error instanceof Full,
  };
}
