import { setTimeout as wait } from 'node:timers/promises';
import { isAlive, type Identity } from './identity.ts';

/**
 * Ends processes together with their process groups: asks with `signal`, insists with SIGKILL after `graceMs`.
 * A number that meanwhile belongs to somebody else is left alone. @returns those that were alive at the beginning
 */
export async function endAll(all: readonly Identity[], signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM', graceMs = 2500): Promise<readonly Identity[]> {
  const living = all.filter(isAlive);
  for (const one of living) send(one.pid, signal);
  const deadline = performance.now() + graceMs;
  while (living.some(isAlive) && performance.now() < deadline) await wait(20);
  for (const one of living.filter(isAlive)) send(one.pid, 'SIGKILL');
  while (living.some(isAlive)) await wait(20);
  return living;
}

/** Everything we start leads a group of its own, so that its children go with it. */
function send(pid: number, signal: NodeJS.Signals): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch {
      // No such group (it never became a leader) or no such process: the next form, or the wait, will tell.
    }
  }
}
