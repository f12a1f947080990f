import { addressOf, contract, database, logs, metrics, number, oneOf, text, traces, urlOf } from '../kit/contract.ts';
import { exchangeRoutes } from './contract/exchange.ts';
import { alertRuleRoutes } from './contract/alert-rules.ts';
import { alertmanagerRoutes } from './contract/alertmanager.ts';
import { alertActRoutes } from './contract/alert-acts.ts';
import { alertRoutes } from './contract/alerts.ts';
import { eventRoutes } from './contract/events.ts';
import { faultActRoutes } from './contract/fault-acts.ts';
import { faultAskRoutes } from './contract/fault-asks.ts';
import { faultRoutes } from './contract/faults.ts';
import { journeyEventRoutes } from './contract/journey-events.ts';
import { journeyRoutes } from './contract/journey.ts';
import { journeyListRoutes } from './contract/journeys.ts';
import { logRoutes } from './contract/logs.ts';
import { metricRoutes } from './contract/metrics.ts';
import { silenceRoutes } from './contract/silences.ts';
import { takingRoutes } from './contract/taking.ts';
import { workloadRoutes } from './contract/workloads.ts';

export const monitoring = contract({
  name: 'monitoring',
  about: 'Takes spans and logs by OTLP/HTTP, returns a request as one connected tree, watches every workload, keeps its figures, and raises alerts.',
  ports: { http: 8080, metrics: 9090 },
  env: {
    DATABASE: database(),
    /** Where figures, lines and journeys are read: `own:` is the database above, else a Prometheus, an OpenSearch, a Jaeger by its URL. */
    METRICS: metrics(),
    LOGS: logs(),
    TRACES: traces(),
    /** How many days spans and log lines are kept. */
    TELEMETRY_DAYS: number(),
    NOTIFICATION_URL: urlOf('notification'),
    /** Where `./journey synth` writes: it says what each workload promises. */
    SYNTH_FOLDER: text(),
    /** The pages, for links to them. */
    PAGES_URL: addressOf('dashboard'),
    LOG_LEVEL: oneOf('debug', 'info', 'warn'),
  },
  migrates: true,
  routes: {
    ...takingRoutes,
    ...journeyListRoutes,
    ...journeyRoutes,
    ...journeyEventRoutes,
    ...exchangeRoutes,
    ...logRoutes,
    ...metricRoutes,
    ...workloadRoutes,
    ...faultRoutes,
    ...faultActRoutes,
    ...faultAskRoutes,
    ...eventRoutes,
    ...alertRoutes,
    ...alertActRoutes,
    ...alertRuleRoutes,
    ...silenceRoutes,
    ...alertmanagerRoutes,
  },
});
