import type { AlertRule, Burn } from './alert-rule.ts';
import { joined } from './histogram.ts';
import type { Measured } from './red.ts';
import { quantileOf } from './quantile.ts';

/** Where figures come from: requests that were answered within the last so many seconds, and who is there. */
export interface AlertReadings {
  requests(windowSeconds: number): readonly Measured[];
  /** undefined: nobody has looked yet. */
  isUp(workload: string): boolean | undefined;
  readonly now: number;
}
/** What a rule reads now; null when there is nothing to judge by: no requests, nobody looked. */
export interface Reading {
  readonly value: number | null;
  readonly breached: boolean;
  readonly requests: number;
}

export function readRule(rule: AlertRule, readings: AlertReadings): Reading {
  const { what, burn } = rule;
  if (what === 'test') return { value: 1, breached: readings.now < (rule.until ?? 0), requests: 0 };
  if (what === 'absent') {
    const up = readings.isUp(rule.workload);
    return { value: up === undefined ? null : Number(!up), breached: up === false, requests: 0 };
  }
  if (what === 'burn' && burn) return readBurn(rule, burn, readings);
  const counted = countOf(rule, readings.requests(rule.windowSeconds));
  const value = valueOf(rule, counted);
  return { value, breached: value !== null && (rule.comparison === 'above' ? value > rule.threshold : value < rule.threshold), requests: counted.all };
}

/**
 * Fewer requests than this in the long window burn nothing that an objective of 30 days could notice: on a quiet installation one slow
 * sign-in of five would wake somebody. The rules for Prometheus have no such floor: what is in a cluster is asked all day.
 */
const FEWEST = 50;

/**
 * Both windows above: the long one says it matters, the short one that it goes on. Before there are figures for the whole of the short one nothing goes on
 * yet: the first requests of a fresh installation, all of them cold, would be 10% of the budget of three days.
 */
function readBurn(rule: AlertRule, { longSeconds, shortSeconds, underSeconds }: Burn, readings: AlertReadings): Reading {
  const long = countOf(rule, readings.requests(longSeconds));
  const [a, b] = [long, countOf(rule, readings.requests(shortSeconds))].map((counted) => badShare(counted, underSeconds));
  const value = a ?? null;
  return { value, breached: value !== null && long.all >= FEWEST && readings.now / 1000 - long.since >= shortSeconds && value > rule.threshold && (b ?? 0) > rule.threshold, requests: long.all };
}

interface Counted { readonly all: number; /** Unix seconds of the oldest figure. */ readonly since: number; readonly failed: number; readonly bounds: readonly number[]; readonly buckets: readonly number[] }

function countOf({ workload, route }: AlertRule, measured: readonly Measured[]): Counted {
  const own = measured.filter(({ series }) => series.service === workload && (route === undefined || routeOf(series.labels) === route));
  let [failed, since] = [0, Infinity];
  for (const { at, series, point } of own) {
    since = Math.min(since, at);
    if ((series.labels['http_response_status_code'] ?? '').startsWith('5')) failed += point.count;
  }
  const { point, bounds } = joined(own) ?? { point: undefined, bounds: [] };
  return { all: point?.count ?? 0, since, failed, bounds, buckets: point?.buckets ?? [] };
}

/** `POST /v1/deployments`. */
const routeOf = (labels: Readonly<Record<string, string>>): string => `${labels['http_request_method']} ${labels['http_route']}`;

function valueOf({ what, windowSeconds }: AlertRule, { all, failed, bounds, buckets }: Counted): number | null {
  if (what === 'requestRate') return all / windowSeconds;
  if (all === 0) return null;
  return what === 'p99' ? quantileOf(0.99, bounds, buckets) : failed / all;
}

function badShare({ all, failed, bounds, buckets }: Counted, underSeconds: number | undefined): number | null {
  if (all === 0) return null;
  if (underSeconds === undefined) return failed / all;
  const good = buckets.reduce((sum, bucket, i) => ((bounds[i] ?? Infinity) <= underSeconds ? sum + bucket : sum), 0);
  return 1 - good / all;
}
