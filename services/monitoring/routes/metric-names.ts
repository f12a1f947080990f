import type { Answer } from '../../kit/kit.ts';
import type { Metrics } from '../adapters/metrics-port.ts';
import type { Scrape } from '../adapters/metric-scrape.ts';

/** GET /v1/metrics/names. The looks are monitoring's own, wherever the figures are read. */
export function metricNames(metrics: Pick<Metrics, 'families' | 'resolutions'>, scrape: Pick<Scrape, 'looks'>) {
  return async (): Promise<Answer> => {
    const [names, resolutions] = await Promise.all([metrics.families(), metrics.resolutions()]);
    return { status: 200, body: { names, looks: scrape.looks(), resolutions } };
  };
}
