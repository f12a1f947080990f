/** Tells who waits for a trace that something of it has been written. Of this process alone: others are asked by time. */
export interface Arrivals {
  /** Something of these traces is in the store now. */
  arrived(traceIds: Iterable<string>): void;
  /** Resolves at the next arrival of one of the traces, after `ms`, or when `signal` aborts. What arrived since `wait` was called counts. */
  wait(...traceIds: readonly string[]): { next(ms: number, signal: AbortSignal): Promise<void>; forget(): void };
}
interface Waiter { missed: boolean; wake: (() => void) | undefined }

export function openArrivals(): Arrivals {
  const waiters = new Map<string, Set<Waiter>>();
  return {
    arrived(traceIds) {
      if (waiters.size === 0) return;
      for (const traceId of new Set(traceIds)) {
        for (const waiter of waiters.get(traceId) ?? []) {
          waiter.missed = true;
          waiter.wake?.();
        }
      }
    },
    wait(...traceIds) {
      const waiter: Waiter = { missed: false, wake: undefined };
      for (const traceId of traceIds) waiters.set(traceId, (waiters.get(traceId) ?? new Set()).add(waiter));
      return {
        next: (ms, signal) => new Promise<void>((resolve) => {
          const over = () => {
            clearTimeout(timer);
            signal.removeEventListener('abort', over);
            waiter.wake = undefined;
            waiter.missed = false;
            resolve();
          };
          const timer = setTimeout(over, ms);
          signal.addEventListener('abort', over);
          waiter.wake = over;
          if (waiter.missed || signal.aborted) over();
        }),
        forget() {
          for (const traceId of traceIds) {
            const same = waiters.get(traceId);
            same?.delete(waiter);
            if (same?.size === 0) waiters.delete(traceId);
          }
        },
      };
    },
  };
}
