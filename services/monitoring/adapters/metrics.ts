import type { Measured } from '../domain/red.ts';
import { RING_SECONDS, type Ring } from './metric-ring.ts';
import { kept, type MetricStore } from './metric-store.ts';

/** Figures of any age: the newest from memory, older ones from the store. */
export interface Metrics {
  /** All times in unix seconds; `from` is moved to the beginning of its window. */
  read(names: readonly string[], from: number, to: number): Promise<Found>;
}
export interface Found {
  readonly measured: readonly Measured[];
  /** Seconds of one window. */
  readonly resolution: number;
  /** How long figures of this resolution are kept, in seconds. */
  readonly keptSeconds: number;
  readonly from: number;
}
/** The finest resolution that has so few windows is taken. */
const MOST_WINDOWS = 720;

export function openMetrics(ring: Ring, store: MetricStore, windows: { readonly writtenUntil: number }, now = () => Math.floor(Date.now() / 1000)): Metrics {
  return {
    async read(names, from, to) {
      if (from >= ring.since) return { measured: ring.read(new Set(names), from, to), resolution: 1, keptSeconds: RING_SECONDS, from };
      const fits = [...kept].find(([resolution, seconds]) => now() - from <= seconds && (to - from) / resolution <= MOST_WINDOWS);
      const [resolution, keptSeconds] = fits ?? [...kept].at(-1) ?? [10, 0];
      const start = from - (from % resolution);
      // Windows of a coarser resolution are written a little later: what they lack is in the finer ones, and the newest in memory.
      const own = windows.writtenUntil;
      const edge = resolution === 10 ? start : Math.max(start, own - (own % resolution));
      const coarse = resolution === 10 ? [] : await store.read(resolution, names, start, Math.min(to, edge));
      const fine = await store.read(10, names, edge, to, own);
      return { measured: [...coarse, ...fine, ...ring.read(new Set(names), Math.max(own, start), to)], resolution, keptSeconds, from: start };
    },
  };
}
