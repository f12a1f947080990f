export type Gate = <T>(work: () => Promise<T>, turn?: 'next') => Promise<T>;

/** Lets at most `most` pieces of work run at once; the others wait in the order they came, after those for which a person waits (`next`). */
export function openGate(most: number): Gate {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work, turn) => {
    if (running >= most) await new Promise<void>((resolve) => { if (turn === 'next') waiting.unshift(resolve); else waiting.push(resolve); });
    else running += 1;
    try {
      return await work();
    } finally {
      // The place is handed on, or given back.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
