import type { Log } from '../../kit/log.ts';
import { untraced } from '../../kit/telemetry.ts';
import { retentionDays, type Store } from './store.ts';

export interface Retention {
  start(): void;
  stop(): Promise<void>;
}
const EVERY_MS = 3_600_000;

/** Deletes what is older than the retention: at start, then every hour, in pieces until nothing is left. */
export function openRetention(store: Pick<Store, 'forget'>, log: Log, everyMs = EVERY_MS): Retention {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const stopped = new AbortController();

  async function forgetAll(): Promise<void> {
    try {
      let total = 0;
      for (let count = await store.forget(); count > 0 && !stopped.signal.aborted; count = await store.forget()) total += count;
      if (total > 0) log.info('old telemetry was deleted', { rows: total, olderThanDays: retentionDays });
    } catch (error) {
      // The next round tries again; nothing else depends on it.
      log.warn('old telemetry could not be deleted', { error });
    }
  }
  function round(): void {
    running = untraced(forgetAll).then(() => {
      if (!stopped.signal.aborted) timer = setTimeout(round, everyMs).unref();
    });
  }
  return {
    start: round,
    async stop() {
      stopped.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
