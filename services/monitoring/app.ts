import { openDatabase } from '../kit/adapters/postgres.ts';
import type { App, Kit } from '../kit/kit.ts';
import { openAlerting } from './adapters/alerting.ts';
import { openArrivals } from './adapters/arrivals.ts';
import { openBatches } from './adapters/batches.ts';
import { openFaultBoard } from './adapters/fault-board.ts';
import type { Sent } from './adapters/fresh.ts';
import { openHealthLog } from './adapters/health-log.ts';
import { openImporter } from './adapters/importer.ts';
import { openLogStore } from './adapters/log-store.ts';
import { openMetering } from './adapters/metering.ts';
import { otlpProtobuf } from './adapters/otlp-protobuf.ts';
import { openSources } from './adapters/sources.ts';
import { openStore } from './adapters/store.ts';
import { openTally } from './adapters/tally.ts';
import { openUpkeep } from './adapters/upkeep.ts';
import { openWatch } from './adapters/watch.ts';
import { openWriter } from './adapters/writer.ts';
import type { monitoring } from './contract.ts';
import { logsOf } from './domain/logs.ts';
import type { LogLine, SentSpan } from './domain/span.ts';
import { spansOf } from './domain/spans.ts';
import { targetsOf } from './domain/targets.ts';
import { importJourney, jaegerTrace, journeyOtlp } from './routes/exchange.ts';
import { alertRouteHandlers } from './routes/alert-handlers.ts';
import { beginFault, endFault, listFaults } from './routes/faults.ts';
import { heldFaults } from './routes/held-faults.ts';
import { events } from './routes/events.ts';
import { journeyEvents } from './routes/journey-events.ts';
import { journey } from './routes/journey.ts';
import { journeys } from './routes/journeys.ts';
import { logFacets, logHistogram } from './routes/log-counts.ts';
import { logExport } from './routes/log-export.ts';
import { ANY_HOP, ANY_LINE, logTail } from './routes/log-tail.ts';
import { logContext, logs } from './routes/logs.ts';
import { metricNames } from './routes/metric-names.ts';
import { openLive } from './routes/metrics-live.ts';
import { edges, metricSeries, red } from './routes/metrics.ts';
import { takeMetrics } from './routes/take-metrics.ts';
import { take } from './routes/take.ts';
import { telemetry } from './routes/telemetry.ts';
import { seenOfSelf, workloads } from './routes/workloads.ts';

/** All that monitoring does. @throws {Error} when WORKLOADS is ill-formed */
export async function app(kit: Kit<typeof monitoring>): Promise<App<typeof monitoring>> {
  const days = kit.env.TELEMETRY_DAYS;
  const targets = targetsOf(kit.standard.workloads);
  const watch = openWatch(kit, targets);
  const database = openDatabase(kit, kit.env.DATABASE, { connections: 6 });
  // Of its own: whoever searches must not hold back what comes in.
  const searching = openDatabase(kit, kit.env.DATABASE, { connections: 4, statementMs: 8000 });
  const keeping = openDatabase(kit, kit.env.DATABASE, { connections: 1, statementMs: 900_000 });
  const writer = openWriter(database);
  const [arrivals, tally] = [openArrivals(), openTally(kit.metrics)];
  const spanBatches = openBatches<Sent<SentSpan>>(async (sent) => {
    await writer.spans(sent);
    arrivals.arrived([ANY_HOP, ...sent.flatMap(({ records }) => records.map(({ traceId }) => traceId))]);
  }, ({ records }) => records.length);
  const logBatches = openBatches<Sent<LogLine>>(async (sent) => {
    await writer.logs(sent);
    arrivals.arrived([ANY_LINE, ...sent.flatMap(({ records }) => records.flatMap(({ traceId }) => traceId ?? []))]);
  }, ({ records }) => records.length);
  const upkeep = openUpkeep(keeping, database, kit.log, days);
  const faults = { database, board: openFaultBoard(database), workloads: [...new Set([...targets.map(({ name }) => name), kit.contract.name])].toSorted(), allowed: kit.faults.allowed };
  const metering = openMetering(kit, targets, database);
  const { metrics, logs: logStore, journeys: store } = openSources(kit, { metrics: metering.metrics, logs: openLogStore(searching, days), journeys: openStore(searching, faults.workloads) });
  const live = openLive(metering.seen);
  // Of its own too: under the heaviest load somebody still has to be told.
  const deciding = openDatabase(kit, kit.env.DATABASE, { connections: 2 });
  const watched = targets.map(({ name }) => name);
  const pages = kit.env.PAGES_URL ?? '';
  const alerting = openAlerting(kit, { database: deciding, metrics: metering.metrics, health: () => watch.seen(), watched, synthFolder: kit.env.SYNTH_FOLDER, notification: kit.env.NOTIFICATION_URL, pages });
  const self = { name: kit.contract.name, ready: () => database.ready() };
  const health = openHealthLog(async () => [...watch.seen(), await seenOfSelf(self)], kit.log);
  return {
    handlers: {
      takeTraces: take({ signal: 'traces', read: spansOf, nanosOf: ({ startedNs }) => startedNs, batches: spanBatches, refusedField: 'rejectedSpans' }, tally, days),
      takeLogs: take({ signal: 'logs', read: logsOf, nanosOf: ({ atNs }) => atNs, batches: logBatches, refusedField: 'rejectedLogRecords' }, tally, days),
      takeMetrics: takeMetrics(metering.intake, tally),
      journeys: journeys(store),
      journey: journey(store, days),
      journeyEvents: journeyEvents(store, arrivals),
      journeyOtlp: journeyOtlp(store),
      importJourney: importJourney(openImporter(database), tally, days),
      jaegerTrace: jaegerTrace(store),
      logs: logs(logStore, days),
      logHistogram: logHistogram(logStore),
      logFacets: logFacets(logStore),
      logExport: logExport(logStore),
      logTail: logTail(logStore, arrivals),
      logContext: logContext(logStore),
      telemetry: telemetry(tally, days, { metrics: metrics.source, logs: logStore.source, traces: store.sources.hops }),
      red: red(metrics),
      metricSeries: metricSeries(metrics),
      metricNames: metricNames(metrics, metering.scrape),
      metricsLive: live.handler,
      edges: edges(metrics),
      workloads: workloads(watch, self),
      events: events({ database: searching, logs: logStore, health, arrivals }),
      faults: listFaults(faults),
      beginFault: beginFault(faults),
      endFault: endFault(faults),
      heldFaults: heldFaults(faults),
      ...alertRouteHandlers({ database, alerting, watched, pages }, kit.standard.revision),
    },
    codecs: { takeTraces: otlpProtobuf('Traces', 'rejectedSpans'), takeLogs: otlpProtobuf('Logs', 'rejectedLogRecords'), takeMetrics: otlpProtobuf('Metrics', 'rejectedDataPoints') },
    ready: { DATABASE: () => database.ready() },
    start() {
      watch.start();
      health.start();
      upkeep.start();
      metering.start();
      alerting.start();
      return Promise.resolve();
    },
    async stop() {
      live.stop();
      await alerting.stop();
      await Promise.all([watch.stop(), health.stop(), upkeep.stop(), metering.stop(), spanBatches.settled(), logBatches.settled()]);
      await Promise.all([database.close(), searching.close(), keeping.close(), deciding.close()]);
    },
  };
}
