import type { Database } from '../../kit/adapters/postgres.ts';
import type { Kit } from '../../kit/kit.ts';
import { openSeriesBook } from '../domain/metric.ts';
import type { Target } from '../domain/targets.ts';
import { openIntake } from './metric-intake.ts';
import { bothOf, openRing } from './metric-ring.ts';
import { MOST_SERIES, openScrape } from './metric-scrape.ts';
import { openSentMetrics } from './metric-sent.ts';
import { openMetricStore } from './metric-store.ts';
import { openWindows } from './metric-windows.ts';
import { openOwnMetrics } from './metrics-own.ts';

/** Everything that reads, keeps and finds figures. */
export function openMetering(kit: Kit, targets: readonly Target[], database: Database) {
  const [ring, sent] = [openRing(), openRing()];
  const seen = bothOf(ring, sent);
  const book = openSeriesBook(MOST_SERIES * 4);
  const store = openMetricStore(database);
  const windows = openWindows(ring, store, kit.log);
  const scrape = openScrape(kit, targets, { name: kit.contract.name, text: () => kit.metrics.metrics() }, { ring, book, newest: () => store.newest() });
  const intake = openIntake(sent, book, openSentMetrics(database, store));
  return {
    seen, scrape, intake, metrics: openOwnMetrics({ ring: seen, store, windows, book }),
    start() {
      scrape.start();
      windows.start();
    },
    async stop() {
      await Promise.all([scrape.stop(), intake.settled()]);
      await windows.stop();
    },
  };
}
