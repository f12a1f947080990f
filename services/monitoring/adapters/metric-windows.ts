import type { Log } from '../../kit/log.ts';
import { untraced } from '../../kit/telemetry.ts';
import { added } from '../domain/metric.ts';
import type { Measured } from '../domain/red.ts';
import type { Counting } from './metric-counting.ts';
import type { Outbox } from './metric-outbox.ts';
import { RING_SECONDS, slowest, type Ring } from './metric-ring.ts';
import type { Rollup } from './metric-rollup.ts';

/** Writes what is in memory to the store, in closed windows of ten seconds, and has those added up. */
export interface Windows {
  start(): void;
  /** Writes what is open as well. */
  stop(): Promise<void>;
  /** Unix seconds: everything before it is in the store, and everything after it in memory. */
  readonly writtenUntil: number;
}
interface Means {
  readonly ring: Pick<Ring, 'read'>;
  readonly outbox: Pick<Outbox, 'before' | 'done'>;
  readonly counting: Pick<Counting, 'read'>;
  readonly rollup: Pick<Rollup, 'round' | 'forget'>;
  /** Called after each window. */
  readonly written: (until: number) => Promise<void>;
}
export const WINDOW = 10;
/** A look that began in a second may end in the next one. */
const LATE = 2;
const HOUR = 3600;

export function openWindows({ ring, outbox, counting, rollup, written }: Means, log: Log, now = () => Math.floor(Date.now() / 1000)): Windows {
  let writtenUntil = now() - (now() % WINDOW);
  let forgotAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const failing = new Set<string>();

  async function write(isOver: () => boolean): Promise<void> {
    // Levels that memory has lost meanwhile cannot be written any more; what was counted waits in the outbox.
    const oldest = now() - RING_SECONDS;
    writtenUntil = Math.max(writtenUntil, oldest - (oldest % WINDOW) + WINDOW);
    // A clock that had been far ahead.
    if (writtenUntil > now() + WINDOW) writtenUntil = now() - (now() % WINDOW);
    while (isOver()) {
      const end = writtenUntil + WINDOW;
      await counting.read(outbox.before(end), levelsOf(ring, writtenUntil));
      outbox.done(end);
      writtenUntil = end;
      await written(end);
    }
  }
  /** One that fails does not hold back the others; what it leaves is there at the next round. */
  async function each(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      if (failing.delete(what)) log.info(`${what} again`);
    } catch (error) {
      if (!failing.has(what)) log.warn(`${what} no longer`, { error });
      failing.add(what);
    }
  }
  async function round(): Promise<void> {
    await each('figures are written', () => write(() => writtenUntil + WINDOW + LATE <= now()));
    await each('figures are added up', () => rollup.round(now()));
    await each('old figures are forgotten', async () => {
      if (now() - forgotAt <= HOUR) return;
      forgotAt = now();
      await rollup.forget(now());
    });
    if (!stopped) timer = setTimeout(() => { running = untraced(round); }, 1000).unref();
  }
  return {
    get writtenUntil() { return writtenUntil; },
    start() { running = untraced(round); },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
      // Two may be open: the last one, and the one before it, which waited for late looks.
      await untraced(() => each('figures are written', () => write(() => writtenUntil <= now())));
    },
  };
}

/** The looks at each gauge in one window as one. */
function levelsOf(ring: Pick<Ring, 'read'>, at: number): Measured[] {
  const bySeries = Map.groupBy(ring.read('all', at, at + WINDOW).filter(({ series }) => series.kind === 'gauge'), ({ series }) => series);
  return [...bySeries].flatMap(([series, points]): Measured[] => {
    const [first, ...rest] = points;
    if (!first) return [];
    const exemplar = slowest(points.flatMap((point) => point.exemplar ?? []));
    return [{ at, series, point: rest.reduce((sum, { point }) => added(sum, point), first.point), ...(exemplar ? { exemplar } : {}) }];
  });
}
