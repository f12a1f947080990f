import type { Point } from './metric.ts';
import type { SentPoint } from './otlp-metrics.ts';

/** What a program has told of a series so far, since it began. */
export type Total = Pick<SentPoint, 'value' | 'sum' | 'buckets'>;

/** What is new in what a program tells. @param before its total until now; undefined at the first sight of it, which counts whole */
export function sentGrowth(point: SentPoint, before: Total | undefined): Point {
  const { kind, isCumulative, value, sum, buckets } = point;
  if (kind === 'gauge') return { count: 1, sum: value, max: value, buckets: [] };
  // Less than before, in the same life: a program that does not keep to the conventions, which began anew.
  const base = isCumulative && before !== undefined && value >= before.value ? before : undefined;
  return { count: value - (base?.value ?? 0), sum: sum - (base?.sum ?? 0), max: 0, buckets: buckets.map((bucket, i) => bucket - (base?.buckets[i] ?? 0)) };
}
