import type { Exemplar, Point, Series } from './metric.ts';

/** What was counted since a source began. */
export interface Total {
  readonly value: number;
  readonly sum: number;
  /** Each alone, not cumulative. */
  readonly buckets: readonly number[];
}
/** What is told of a series at one moment. */
export interface Told {
  readonly series: Series;
  /** Whose totals these are: one life of a process, or of one stream of a foreign program. Null: it tells what happened, or a level, and no totals. */
  readonly source: string | null;
  /** Unix nanoseconds. */
  readonly time: bigint;
  readonly total: Total;
  /** From where it is counted when nothing is kept of its source; null: whoever tells it does not know what was counted already. */
  readonly base: Total | null;
  /** Unix seconds in which its source began; 0 when it does not say. */
  readonly began: number;
  /** A process: the larger total is the later one, whatever the clocks say that looked at it. Of others the time decides, and less than before is a new beginning. */
  readonly neverFalls: boolean;
  readonly exemplars: readonly Exemplar[];
}
export interface Kept extends Total { readonly time: bigint }

export const ZERO: Total = { value: 0, sum: 0, buckets: [] };

/** What is new in what is told, and what to keep of it. @param before what is kept of its source; what is as old as that, or older, is not new */
export function newIn({ series, source, time, total, base, neverFalls }: Told, before: Kept | undefined): { readonly point?: Point; readonly kept?: Kept } {
  if (series.kind === 'gauge') return { point: { count: 1, sum: total.value, max: total.value, buckets: [] } };
  if (source === null) return { point: since(total, ZERO) };
  if (before && (neverFalls ? total.value <= before.value : time <= before.time)) return {};
  const kept = { ...total, time };
  const from = before ?? base;
  if (from === null) return { kept };
  if (falls(total, from)) return neverFalls ? {} : { kept, point: since(total, ZERO) };
  return { kept, point: since(total, from) };
}

/** A total that is less than an earlier one. */
export const falls = (now: Total, before: Total): boolean => now.value < before.value || now.buckets.some((bucket, i) => bucket < (before.buckets[i] ?? 0));

export function since(now: Total, before: Total): Point {
  return { count: now.value - before.value, sum: now.sum - before.sum, max: 0, buckets: now.buckets.map((bucket, i) => bucket - (before.buckets[i] ?? 0)) };
}
