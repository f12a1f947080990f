// The collectors of prom-client's defaults that are used; names follow OpenTelemetry's conventions in Prometheus form.
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** OpenMetrics text, since Prometheus' own format has no place for exemplars. A registry per kit: two services in one test process do not meet. */
export function openMetrics(service: string): Registry {
  const registry = new Registry();
  // Its types know one format per registry; the other one is set in the same way.
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE as unknown as typeof Registry.PROMETHEUS_CONTENT_TYPE);
  registry.setDefaultLabels({ service_name: service });
  collectDefaultMetrics({ register: registry });
  // To the millisecond: two pods that began in one second would otherwise pass for one process (services/monitoring tells them apart by it).
  registry.removeSingleMetric(STARTED);
  new Gauge({ name: STARTED, help: 'Start time of the process since unix epoch in seconds.', registers: [registry] }).set(Date.now() / 1000);
  return registry;
}
const STARTED = 'process_start_time_seconds';
