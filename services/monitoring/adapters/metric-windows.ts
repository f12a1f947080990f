import type { Log } from '../../kit/log.ts';
import { untraced } from '../../kit/telemetry.ts';
import { added } from '../domain/metric.ts';
import type { Measured } from '../domain/red.ts';
import { RING_SECONDS, slowest, type Ring } from './metric-ring.ts';
import type { MetricStore } from './metric-store.ts';

/** Writes what is in memory to the store, in closed windows of ten seconds, and adds those up. */
export interface Windows {
  start(): void;
  /** Writes what is open as well. */
  stop(): Promise<void>;
  /** Unix seconds: everything before it is in the store. */
  readonly writtenUntil: number;
}
const WINDOW = 10;
/** A look that began in a second may end in the next one. */
const LATE = 2;
const HOUR = 3600;

export function openWindows(ring: Ring, store: MetricStore, log: Log, now = () => Math.floor(Date.now() / 1000)): Windows {
  let writtenUntil = floor(now(), WINDOW);
  let rolledAt: number | undefined;
  let forgotAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let [stopped, away] = [false, false];

  async function work(): Promise<void> {
    // What memory has lost meanwhile cannot be written any more.
    writtenUntil = Math.max(writtenUntil, floor(now() - RING_SECONDS, WINDOW) + WINDOW);
    for (; writtenUntil + WINDOW + LATE <= now(); writtenUntil += WINDOW) await store.keep(WINDOW, windowOf(ring, writtenUntil));
    // What an earlier life has written and not added up.
    rolledAt ??= floor((await store.newest()) || now(), 60);
    if (floor(writtenUntil, 60) > rolledAt) {
      await store.rollUp(WINDOW, 60, rolledAt - 60, floor(writtenUntil, 60));
      await store.rollUp(60, HOUR, floor(rolledAt - 60, HOUR), floor(writtenUntil, 60));
      rolledAt = floor(writtenUntil, 60);
    }
    if (now() - forgotAt > HOUR) {
      await store.forget(now());
      forgotAt = now();
    }
  }
  async function round(): Promise<void> {
    try {
      await work();
      if (away) log.info('metrics are written again');
      away = false;
    } catch (error) {
      // They stay in memory and are written when the database is back.
      if (!away) log.warn('metrics could not be written', { error });
      away = true;
    }
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
      await untraced(async () => {
        for (; writtenUntil <= now(); writtenUntil += WINDOW) await store.keep(WINDOW, windowOf(ring, writtenUntil));
      }).catch((error: unknown) => { log.warn('the last metrics could not be written', { error }); });
    },
  };
}

/** All points of one window as one per series. */
function windowOf(ring: Ring, at: number): Measured[] {
  const bySeries = Map.groupBy(ring.read(ALL, at, at + WINDOW), ({ series }) => series);
  return [...bySeries].flatMap(([series, points]): Measured[] => {
    const [first, ...rest] = points;
    if (!first) return [];
    const exemplar = slowest(points.flatMap((point) => point.exemplar ?? []));
    return [{ at, series, point: rest.reduce((sum, { point }) => added(sum, point), first.point), ...(exemplar ? { exemplar } : {}) }];
  });
}
const ALL = 'all';
const floor = (seconds: number, step: number): number => seconds - (seconds % step);
