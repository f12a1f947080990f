import type { Kit } from '../kit.ts';
import { openPauses } from './pauses.ts';
import { quietly } from './quiet.ts';

export interface Slots {
  wake(): void;
  /** Fetches nothing more and waits for what runs, at most 10 s. */
  stop(): Promise<void>;
}

/** Keeps up to `concurrency` pieces of work running; fetches when woken, when a slot gets free, and every `pollMs`. */
export function startSlots(kit: Kit, o: {
  readonly concurrency: number; readonly pollMs: number; readonly about: string;
  fetch(free: number): Promise<readonly (() => Promise<void>)[]>;
}): Slots {
  const running = new Set<Promise<void>>();
  const pauses = openPauses();
  let failures = 0;

  function run(work: () => Promise<void>): void {
    const ended: Promise<void> = work().catch((error: unknown) => {
      // Neither done nor failed could be recorded: it comes again by itself.
      kit.log.warn('the outcome of a message could not be recorded', { queue: o.about, error: String(error) });
    }).finally(() => { running.delete(ended); pauses.wake(); });
    running.add(ended);
  }

  const loop = quietly(async () => {
    while (!pauses.ended) {
      pauses.begin();
      const free = o.concurrency - running.size;
      if (free > 0) {
        try {
          const fetched = await o.fetch(free);
          if (failures > 0) kit.log.info('the queue is back', { queue: o.about });
          failures = 0;
          for (const work of fetched) run(work);
          if (fetched.length === free) continue;
        } catch (error) {
          if (failures++ === 0) kit.log.warn('the queue does not answer; it is tried again', { queue: o.about, error: String(error) });
          // A queue that is away answers every wake-up with a failure: wait the whole pause.
          pauses.begin();
        }
      }
      await pauses.rest(o.pollMs);
    }
  });

  return {
    wake: () => pauses.wake(),
    async stop() {
      pauses.end();
      await loop;
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([Promise.all(running), new Promise((resolve) => { timer = setTimeout(resolve, 10_000); })]);
      clearTimeout(timer);
    },
  };
}
