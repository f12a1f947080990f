import type { Answer } from '../../kit/kit.ts';
import { kept } from '../adapters/metric-store.ts';
import { RING_SECONDS } from '../adapters/metric-ring.ts';
import type { Scrape } from '../adapters/metric-scrape.ts';
import type { SeriesBook } from '../domain/metric.ts';

/** GET /v1/metrics/names */
export function metricNames(book: SeriesBook, scrape: Pick<Scrape, 'looks'>) {
  return (): Promise<Answer> => {
    const names = [...Map.groupBy(book.all(), ({ name }) => name)].map(([name, series]) => ({
      name, kind: series[0]?.kind ?? 'counter', services: [...new Set(series.map(({ service }) => service))].toSorted(), series: series.length,
    })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const resolutions = [[1, RING_SECONDS] as const, ...kept].map(([seconds, keptSeconds]) => ({ seconds, keptSeconds }));
    return Promise.resolve({ status: 200, body: { names, looks: scrape.looks(), resolutions } });
  };
}
