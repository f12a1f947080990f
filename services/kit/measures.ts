import { Histogram, type Registry } from 'prom-client';
import { durationBuckets } from './standard.ts';

/** Statements, cache calls and messages are often faster than a millisecond (OpenTelemetry's database conventions, and one bound below). */
const FINE: readonly number[] = [0.0005, 0.001, 0.0025, ...durationBuckets.slice(0, -2)];

const MS = [1, 2, 3, 4, 6, 7, 8, 12, 14, 16, 18, 20, 22, 28, 31, 34, 37, 40, 43, 46, 55, 60, 67, 85, 125, 150, 200, 350];
/**
 * Of answers the pages show quantiles, and a quantile is as exact as its bucket is narrow: below 50 ms none is wider than 3 ms.
 * With the bounds of the conventions among them, by which promises are made. Each bound is a line more per route in every look at `/metrics`.
 */
const ANSWERS: readonly number[] = [...new Set([...MS.map((ms) => ms / 1000), ...durationBuckets])].toSorted((a, b) => a - b);

/**
 * Every duration that a workload measures. Names are OpenTelemetry's in Prometheus form where it has one. Labels hold names from
 * contracts, tables and types of events only: an id in a label would make a new time series per request.
 */
const table = {
  http_server_request_duration_seconds: { help: 'Requests answered.', labels: ['http_request_method', 'http_route', 'http_response_status_code'], buckets: ANSWERS },
  http_client_request_duration_seconds: { help: 'Calls to other services.', labels: ['http_request_method', 'server_address', 'http_response_status_code', 'journey_reference'], buckets: durationBuckets },
  db_client_operation_duration_seconds: { help: 'SQL statements.', labels: ['journey_reference', 'db_operation_name', 'db_query_summary', 'error_type'], buckets: FINE },
  db_client_connection_wait_time_seconds: { help: 'Waits for a connection of the pool.', labels: ['journey_reference'], buckets: FINE },
  cache_operation_duration_seconds: { help: 'Cache calls; cache_result of a GET is hit or miss.', labels: ['journey_reference', 'db_operation_name', 'cache_result', 'error_type'], buckets: FINE },
  messaging_client_operation_duration_seconds: { help: 'Messages published.', labels: ['journey_reference', 'messaging_destination_name', 'error_type'], buckets: FINE },
  messaging_process_duration_seconds: { help: 'Messages handled; a redelivery is a further try of one.', labels: ['journey_reference', 'messaging_destination_name', 'messaging_redelivery', 'error_type'], buckets: FINE },
  backing_operation_duration_seconds: { help: 'Mail sent, objects and repositories used.', labels: ['journey_reference', 'operation', 'error_type'], buckets: durationBuckets },
} as const satisfies Readonly<Record<string, { readonly help: string; readonly labels: readonly string[]; readonly buckets: readonly number[] }>>;

export type MeasureName = keyof typeof table;
export type Labels<N extends MeasureName> = { readonly [L in (typeof table)[N]['labels'][number]]: string };

export interface Measures {
  /** @param traceId of the journey that this belongs to, when it is recorded: it becomes an exemplar while it is the second's slowest of its series */
  observe<N extends MeasureName>(name: N, labels: Labels<N>, seconds: number, traceId?: string): void;
}

/** More series than this in one measure are a mistake or an attack: what comes then is counted under `other`. */
const MOST_SERIES = 500;

export function openMeasures(registry: Registry): Measures {
  const families = new Map(Object.entries(table).map(([name, { help, labels, buckets }]) => [name, {
    histogram: new Histogram<string>({ name, help, labelNames: [...labels], buckets: [...buckets], registers: [registry], enableExemplars: true }),
    labels, slowest: new Map<string, Slowest>(),
  }]));
  return {
    observe(name, labels, value, traceId) {
      const family = families.get(name);
      if (!family) return;
      const given: Readonly<Record<string, string>> = labels;
      const key = family.labels.map((label) => given[label]).join('\n');
      const known = family.slowest.get(key);
      if (!known && family.slowest.size >= MOST_SERIES) {
        family.histogram.observe({ labels: Object.fromEntries(family.labels.map((label) => [label, 'other'])), value });
        return;
      }
      const kept = known ?? { second: 0, seconds: 0 };
      if (!known) family.slowest.set(key, kept);
      if (traceId !== undefined && isSlowest(kept, value)) family.histogram.observe({ labels: given, value, exemplarLabels: { trace_id: traceId } });
      else family.histogram.observe({ labels: given, value });
    },
  };
}

interface Slowest { second: number; seconds: number }

/** An exemplar costs as much as the measurement itself: only what is slower than all of its series in the same second has one. */
function isSlowest(kept: Slowest, seconds: number): boolean {
  const second = Math.floor(performance.now() / 1000);
  if (second === kept.second && seconds <= kept.seconds) return false;
  [kept.second, kept.seconds] = [second, seconds];
  return true;
}
