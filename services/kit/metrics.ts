// The collectors of prom-client's defaults that are used; names follow OpenTelemetry's conventions in Prometheus form.
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { durationBuckets } from './standard.ts';

/** A registry of its own per kit, so that two services in one test process do not meet. */
export function openMetrics(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service_name: service });
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** Labels hold names from the contract only: an id in a label would make a new time series per request. */
export function durationHistogram<L extends string>(registry: Registry, name: string, help: string, labelNames: readonly L[]): Histogram<L> {
  return new Histogram({ name, help, labelNames: [...labelNames], buckets: [...durationBuckets], registers: [registry] });
}
