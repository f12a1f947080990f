import { availableParallelism, loadavg } from 'node:os';
import type { DrillRun } from '../drill.ts';
import { startLoad } from '../load.ts';
import type { Person } from '../person.ts';
import { LOOK } from './limit.ts';

const PER_SECOND = 50;

/** Does something while somebody asks 50 times a second, and judges that none of that failed. Each that did is printed. */
export async function underLoad<T>({ io, check, figure }: DrillRun, caller: Person, what: string, fn: () => Promise<T>): Promise<T> {
  const load = startLoad(caller, LOOK, PER_SECOND, 600);
  let seen: T;
  try {
    seen = await fn();
  } finally {
    const { asked, seconds, failures } = await load.stop();
    // Times mean little on a machine that has much else to do.
    figure(`load average of this machine with ${availableParallelism()} processors`, loadavg()[0] ?? 0);
    for (const one of failures) io.tell(`failed request: ${one}`);
    check(`${what}: 0 failed requests at ${PER_SECOND}/s`, failures.length === 0, `${failures.length} of ${asked}`);
    check(`${what}: the load was what it says`, Math.abs(asked - PER_SECOND * seconds) <= 0.02 * asked + 2, `${asked} in ${seconds.toFixed(1)} s`);
  }
  return seen;
}
