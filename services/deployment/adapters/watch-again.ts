import { setTimeout as pause } from 'node:timers/promises';
import type { Kit } from '../../kit/kit.ts';
import { Problem } from '../../kit/problem.ts';

const FIRST_MS = 250;
const LONGEST_MS = 5000;

/**
 * A stream that comes back by itself: begins again when it ends or breaks off, after a rest that doubles.
 * Ends when `signal` aborts. @throws Problem `not_found`: coming back would not help
 */
export async function* watchAgain<T>(kit: Pick<Kit, 'log'>, signal: AbortSignal, open: () => AsyncIterable<T>): AsyncGenerator<T, void, void> {
  let [rest, said] = [FIRST_MS, false];
  while (!signal.aborted) {
    try {
      for await (const value of open()) {
        [rest, said] = [FIRST_MS, false];
        yield value;
      }
    } catch (error) {
      if (error instanceof Problem && error.code === 'not_found') throw error;
      // Once, not at each attempt.
      if (!said) kit.log.warn('what the engine sees broke off; it is asked again', { error: String(error) });
      said = true;
    }
    await pause(rest, undefined, { signal }).catch(() => undefined);
    rest = Math.min(rest * 2, LONGEST_MS);
  }
}
