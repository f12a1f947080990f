import type { Database } from '../../kit/adapters/postgres.ts';
import type { Kit } from '../../kit/kit.ts';
import { openSeriesBook } from '../domain/metric.ts';
import type { Target } from '../domain/targets.ts';
import { NOTHING, readBefore, type Inherited } from './metric-before.ts';
import { openCounting } from './metric-counting.ts';
import { openHeard } from './metric-heard.ts';
import { openIntake } from './metric-intake.ts';
import { openOutbox } from './metric-outbox.ts';
import { openPoints } from './metric-points.ts';
import { allOf, openRing } from './metric-ring.ts';
import { openRollup } from './metric-rollup.ts';
import { MOST_SERIES, openScrape } from './metric-scrape.ts';
import { openSeriesTable, type SeriesRow } from './metric-series.ts';
import { openWindows } from './metric-windows.ts';
import { openOwnMetrics } from './metrics-own.ts';

/** Everything that reads, keeps and finds figures. Any number of processes may do it beside each other: what is told twice is counted once. */
export function openMetering(kit: Kit, targets: readonly Target[], database: Database) {
  const book = openSeriesBook(MOST_SERIES * 4);
  const seriesOf = ({ service, name, kind, labels, bounds }: SeriesRow) => book.find(service, name, kind, labels, bounds);
  const [table, points, rollup] = [openSeriesTable(database), openPoints(database, seriesOf), openRollup(database, kit.log)];
  const counting = openCounting(database, table, points);
  const [ring, sent, outbox, heard] = [openRing(), openRing(), openOutbox(), openHeard(points)];
  const seen = allOf([ring, sent, heard]);
  const windows = openWindows({ ring, outbox, counting, rollup: { round: rollup.round, forget: (now) => rollup.forget(now).then(table.forget) }, written: heard.refresh }, kit.log);

  async function inherited(): Promise<Inherited> {
    try {
      const before = await readBefore(database, points, windows.writtenUntil, seriesOf);
      ring.inherit(before.open);
      await heard.refresh(windows.writtenUntil);
      return before;
    } catch (error) {
      // It is counted rightly all the same, from what is in the store, when the database is back.
      kit.log.warn('what was read before this start is not known, and is missing from the last ten minutes', { error });
      return NOTHING;
    }
  }
  const scrape = openScrape(kit, targets, { name: kit.contract.name, text: () => kit.metrics.metrics() }, { ring, outbox, book, inherited });
  const intake = openIntake(sent, book, counting);
  return {
    seen, scrape, intake, metrics: openOwnMetrics({ ring: seen, points, rollup, windows, book }),
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
