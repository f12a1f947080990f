import type { SeriesBook } from '../domain/metric.ts';
import type { Metrics } from './metrics-port.ts';
import { RING_SECONDS, type Ring } from './metric-ring.ts';
import { kept, type MetricStore } from './metric-store.ts';

/** The finest resolution that has so few windows is taken. */
const MOST_WINDOWS = 720;
interface Means {
  readonly ring: Pick<Ring, 'read' | 'since'>;
  readonly store: Pick<MetricStore, 'read'>;
  readonly windows: { readonly writtenUntil: number };
  readonly book: Pick<SeriesBook, 'all'>;
}

/** Figures of any age: the newest from memory, older ones from the store. */
export function openOwnMetrics({ ring, store, windows, book }: Means, now = () => Math.floor(Date.now() / 1000)): Metrics {
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
    families: () => Promise.resolve([...Map.groupBy(book.all(), ({ name }) => name)].map(([name, series]) => ({
      name, kind: series[0]?.kind ?? 'counter', services: [...new Set(series.map(({ service }) => service))].toSorted(), series: series.length,
    })).toSorted((a, b) => (a.name < b.name ? -1 : 1))),
    resolutions: () => Promise.resolve([[1, RING_SECONDS] as const, ...kept].map(([seconds, keptSeconds]) => ({ seconds, keptSeconds }))),
  };
}
