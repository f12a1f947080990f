import { openDatabase } from '../kit/adapters/postgres.ts';
import type { App, Kit } from '../kit/kit.ts';
import { openBatches } from './adapters/batches.ts';
import { openRetention } from './adapters/retention.ts';
import { openStore } from './adapters/store.ts';
import { openWatch } from './adapters/watch.ts';
import type { monitoring } from './contract.ts';
import { logsOf } from './domain/logs.ts';
import { spansOf } from './domain/spans.ts';
import { targetsOf } from './domain/targets.ts';
import { journey } from './routes/journey.ts';
import { journeys } from './routes/journeys.ts';
import { take } from './routes/take.ts';
import { workloads } from './routes/workloads.ts';

/** All that monitoring does. @throws {Error} when WORKLOADS is ill-formed */
export async function app(kit: Kit<typeof monitoring>): Promise<App<typeof monitoring>> {
  const watch = openWatch(kit, targetsOf(kit.standard.workloads));
  const database = openDatabase(kit, kit.env.DATABASE);
  const store = openStore(database);
  const spans = openBatches(store.keepSpans);
  const logs = openBatches(store.keepLogs);
  const retention = openRetention(store, kit.log);
  return {
    handlers: {
      takeTraces: take(spansOf, spans, 'rejectedSpans'),
      takeLogs: take(logsOf, logs, 'rejectedLogRecords'),
      journeys: journeys(store),
      journey: journey(store),
      workloads: workloads(watch, { name: kit.contract.name, ready: () => database.ready() }),
    },
    ready: { DATABASE: () => database.ready() },
    start() {
      watch.start();
      retention.start();
      return Promise.resolve();
    },
    async stop() {
      await Promise.all([watch.stop(), retention.stop(), spans.settled(), logs.settled()]);
      await database.close();
    },
  };
}
