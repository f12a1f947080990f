import { joined } from './histogram.ts';
import type { Exemplar, Labels, Point, Series } from './metric.ts';
import { quantileOf } from './quantile.ts';

/** What requests are grouped by. */
export type By = 'service' | 'route' | 'edge' | 'query';

/** A point of a series, and when: unix seconds of its beginning. */
export interface Measured {
  readonly at: number;
  readonly series: Series;
  readonly point: Point;
  readonly exemplar?: Exemplar;
}
/** Requests, errors and durations of one group. */
export interface Red {
  readonly key: string;
  readonly labels: Labels;
  readonly requests: number;
  readonly errors: number;
  /** Answered with 4xx: the caller's fault, no error. */
  readonly refused: number;
  /** Per second. */
  readonly rate: number;
  readonly errorRate: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly mean: number | null;
  readonly series: { readonly at: readonly number[]; readonly rate: readonly number[]; readonly errors: readonly number[]; readonly p99: readonly (number | null)[] };
  readonly exemplars: readonly Exemplar[];
}
export interface Span { readonly from: number; readonly to: number; readonly step: number }

/** The families that each grouping is made of. */
export const familiesOf: Readonly<Record<By, readonly string[]>> = {
  service: ['http_server_request_duration_seconds'],
  route: ['http_server_request_duration_seconds'],
  // Later ones say it better.
  edge: ['db_client_operation_duration_seconds', 'backing_operation_duration_seconds', 'messaging_process_duration_seconds', 'messaging_client_operation_duration_seconds', 'cache_operation_duration_seconds', 'http_client_request_duration_seconds'],
  query: ['db_client_operation_duration_seconds'],
};
const EXEMPLARS = 20;

/** Groups in the order of their requests. All times in unix seconds. */
export function redOf(by: By, measured: readonly Measured[], { from, to, step }: Span): readonly Red[] {
  const groups = Map.groupBy(by === 'edge' ? onceEach(measured) : measured, ({ series }) => keyOf(by, series));
  const seconds = Math.max(1, to - from);
  return [...groups].map(([key, points]): Red => {
    const whole = totalOf(points);
    const slots = Map.groupBy(points, ({ at }) => Math.floor((at - from) / step));
    const times = Array.from({ length: Math.ceil(seconds / step) }, (_, i) => i);
    const lines = times.map((slot) => totalOf(slots.get(slot) ?? []));
    return {
      key, labels: labelsOf(by, points[0]?.series), requests: whole.requests, errors: whole.errors, refused: whole.refused,
      rate: whole.requests / seconds, errorRate: whole.requests === 0 ? 0 : whole.errors / whole.requests,
      p50: quantileOf(0.5, whole.bounds, whole.buckets), p95: quantileOf(0.95, whole.bounds, whole.buckets), p99: quantileOf(0.99, whole.bounds, whole.buckets),
      mean: whole.requests === 0 ? null : whole.sum / whole.requests,
      series: {
        at: times.map((slot) => (from + slot * step) * 1000), rate: lines.map(({ requests }) => requests / step), errors: lines.map(({ errors }) => errors / step),
        p99: lines.map(({ bounds, buckets }) => quantileOf(0.99, bounds, buckets)),
      },
      exemplars: points.flatMap(({ exemplar }) => exemplar ?? []).toSorted((a, b) => b.seconds - a.seconds).slice(0, EXEMPLARS),
    };
  }).toSorted((a, b) => b.requests - a.requests || (a.key < b.key ? -1 : 1));
}

/** A cache or a queue in PostgreSQL is seen as statements, too: of one reference only the family that says it best counts. */
export function onceEach(measured: readonly Measured[]): readonly Measured[] {
  const best = new Map<string, number>();
  const [place, owner] = [({ name }: Series) => familiesOf.edge.indexOf(name), ({ service, labels }: Series) => `${service} ${labels['journey_reference'] ?? ''}`];
  for (const { series } of measured) best.set(owner(series), Math.max(best.get(owner(series)) ?? -1, place(series)));
  return measured.filter(({ series }) => place(series) === best.get(owner(series)));
}

interface Total { readonly requests: number; readonly errors: number; readonly refused: number; readonly sum: number; readonly bounds: readonly number[]; readonly buckets: readonly number[] }
function totalOf(points: readonly Measured[]): Total {
  let [errors, refused] = [0, 0];
  const all = joined(points);
  for (const { series, point } of points) {
    const outcome = outcomeOf(series);
    if (outcome === 'error') errors += point.count;
    else if (outcome === 'refused') refused += point.count;
  }
  return { requests: all?.point.count ?? 0, errors, refused, sum: all?.point.sum ?? 0, bounds: all?.bounds ?? [], buckets: all?.point.buckets ?? [] };
}

/** 5xx, no answer at all, or what failed: an error. 4xx: refused. */
export function outcomeOf({ labels }: Series): 'good' | 'refused' | 'error' {
  const status = labels['http_response_status_code'];
  if (status !== undefined) return status.startsWith('5') || status === 'none' ? 'error' : status.startsWith('4') ? 'refused' : 'good';
  return (labels['error_type'] ?? '') === '' ? 'good' : 'error';
}

function keyOf(by: By, series: Series): string {
  return Object.values(labelsOf(by, series)).join(' ');
}

function labelsOf(by: By, series: Series | undefined): Labels {
  if (!series) return {};
  const { service, labels } = series;
  const reference = labels['journey_reference'] ?? '';
  switch (by) {
    case 'service': return { service };
    case 'route': return { service, method: labels['http_request_method'] ?? '', route: labels['http_route'] ?? '' };
    case 'edge': return { caller: service, callee: labels['server_address'] ?? reference, reference };
    case 'query': return { service, reference, query: labels['db_query_summary'] ?? '' };
  }
}
