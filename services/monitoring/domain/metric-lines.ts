import { added, type Labels, type Point, type SeriesKind } from './metric.ts';
import { quantileOf } from './quantile.ts';
import type { Measured, Span } from './red.ts';

export interface Line {
  readonly service: string;
  readonly kind: SeriesKind;
  readonly labels: Labels;
  readonly at: readonly number[];
  readonly value: readonly (number | null)[];
  readonly p99: readonly (number | null)[];
}

/** One line per series. A gauge that was not looked at has no value; a counter that did not grow has 0. */
export function linesOf(measured: readonly Measured[], { from, to, step }: Span): readonly Line[] {
  const times = Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => i);
  return [...Map.groupBy(measured, ({ series }) => series)].map(([{ service, kind, labels, bounds }, points]): Line => {
    const slots = Map.groupBy(points, ({ at }) => Math.floor((at - from) / step));
    const totals = times.map((slot) => (slots.get(slot) ?? []).map(({ point }) => point).reduce<Point | undefined>(added, undefined) ?? NOTHING);
    return {
      service, kind, labels, at: times.map((slot) => (from + slot * step) * 1000),
      value: totals.map(({ count, sum }) => (kind !== 'gauge' ? count / step : count === 0 ? null : sum / count)),
      p99: kind === 'histogram' ? totals.map(({ buckets }) => quantileOf(0.99, bounds, buckets)) : [],
    };
  });
}
const NOTHING: Point = { count: 0, sum: 0, max: 0, buckets: [] };
