// The collectors of prom-client's defaults that are used; names follow OpenTelemetry's conventions in Prometheus form.
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Seconds; the boundaries that OpenTelemetry's HTTP conventions advise. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** A registry of its own per kit, so that two services in one test process do not meet. */
export function openMetrics(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service_name: service });
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** Labels hold names from the contract only: an id in a label would make a new time series per request. */
export function durationHistogram<L extends string>(registry: Registry, name: string, help: string, labelNames: readonly L[]): Histogram<L> {
  return new Histogram({ name, help, labelNames: [...labelNames], buckets: BUCKETS, registers: [registry] });
}
