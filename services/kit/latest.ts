/**
 * A value that changes, with any number of followers. Each sees the newest one, and misses what came and went while it was
 * busy: however slow a follower is, nothing is kept for it.
 */
export interface Latest<T> {
  /** How many follow. */
  readonly followers: number;
  set(value: T): void;
  /** Begins with the present value, where there is one; ends when `signal` aborts. */
  follow(signal: AbortSignal): AsyncGenerator<T, void, void>;
}

export function openLatest<T>(): Latest<T> {
  let now: { readonly value: T } | undefined;
  let followers = 0;
  const waiting = new Set<() => void>();

  const changed = (signal: AbortSignal) => new Promise<void>((resolve) => {
    const over = () => {
      waiting.delete(over);
      signal.removeEventListener('abort', over);
      resolve();
    };
    waiting.add(over);
    signal.addEventListener('abort', over);
  });

  return {
    get followers() { return followers; },
    set(value) {
      now = { value };
      for (const tell of waiting) tell();
    },
    async* follow(signal) {
      let seen: typeof now;
      followers += 1;
      try {
        while (!signal.aborted) {
          if (now === undefined || now === seen) await changed(signal);
          else {
            seen = now;
            yield now.value;
          }
        }
      } finally {
        followers -= 1;
      }
    },
  };
}
