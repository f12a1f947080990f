import { problem } from '../../kit/problem.ts';
import type { SeriesBook } from '../domain/metric.ts';
import type { Points } from './metric-points.ts';
import { RING_SECONDS, type Ring } from './metric-ring.ts';
import { kept, type Rollup } from './metric-rollup.ts';
import type { Found, Metrics } from './metrics-port.ts';

/** The finest resolution that has so few windows is taken. */
const MOST_WINDOWS = 720;
interface Means {
  readonly ring: Pick<Ring, 'read' | 'since'>;
  readonly points: Pick<Points, 'read'>;
  readonly rollup: Pick<Rollup, 'staleSince'>;
  readonly windows: { readonly writtenUntil: number };
  readonly book: Pick<SeriesBook, 'all'>;
}

/** Figures of any age: the newest from memory, older ones from the store. */
export function openOwnMetrics({ ring, points, rollup, windows, book }: Means, now = () => Math.floor(Date.now() / 1000)): Metrics {
  async function readAt(resolution: number, names: readonly string[], from: number, to: number): Promise<Found['measured'] | undefined> {
    const until = windows.writtenUntil;
    // Windows of a coarser resolution are made a little later: until then they are in the finer ones, and the newest in memory.
    const edge = resolution === 10 ? from : Math.max(from, Math.min(until - (until % resolution), await rollup.staleSince(resolution)));
    const coarse = resolution === 10 ? [] : await points.read(resolution, names, from, Math.min(to, edge));
    const fine = await points.read(10, names, edge, Math.min(to, until));
    return coarse && fine && [...coarse, ...fine, ...ring.read(new Set(names), Math.max(until, from), to)];
  }
  return {
    source: 'own',
    async read(names, from, to) {
      if (from >= ring.since) return { measured: ring.read(new Set(names), from, to), resolution: 1, keptSeconds: RING_SECONDS, from };
      const all = [...kept];
      const fitting = all.findIndex(([resolution, seconds]) => now() - from <= seconds && (to - from) / resolution <= MOST_WINDOWS);
      for (const [resolution, keptSeconds] of all.slice(fitting)) {
        const start = from - (from % resolution);
        const measured = await readAt(resolution, names, start, to);
        if (measured) return { measured, resolution, keptSeconds, from: start };
      }
      throw problem('invalid_params', 'There are more figures in this time than can be read at once.', { at: 'monitoring', fix: 'Narrow the time.' });
    },
    families: () => Promise.resolve([...Map.groupBy(book.all(), ({ name }) => name)].map(([name, series]) => ({
      name, kind: series[0]?.kind ?? 'counter', services: [...new Set(series.map(({ service }) => service))].toSorted(), series: series.length,
    })).toSorted((a, b) => (a.name < b.name ? -1 : 1))),
    resolutions: () => Promise.resolve([[1, RING_SECONDS] as const, ...kept].map(([seconds, keptSeconds]) => ({ seconds, keptSeconds }))),
  };
}
