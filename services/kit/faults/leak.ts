import type { Faults } from './faults.ts';

const MIB = 1_048_576;
const MOST_MIB = 256;
const STEP_MS = 250;

/** The kind `memoryLeak`: memory that is really held and really written, and let go when the fault ends. */
export function leak(faults: Faults): void {
  let held: Buffer[] = [];
  let timer: NodeJS.Timeout | undefined;
  faults.follow('memoryLeak', (strength) => {
    clearInterval(timer);
    if (strength === 0) {
      held = [];
      return;
    }
    const bytes = Math.round((strength * MIB * STEP_MS) / 1000);
    timer = setInterval(() => {
      if ((held.length + 1) * bytes <= MOST_MIB * MIB) held.push(Buffer.alloc(bytes, 1));
    }, STEP_MS).unref();
  });
}
