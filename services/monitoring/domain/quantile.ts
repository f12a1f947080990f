/**
 * A quantile from the buckets of a histogram, in the way of Prometheus' histogram_quantile(): linear within a bucket, from 0 in the first;
 * in the last, which has no end, its lower bound. It is as exact as the buckets are narrow.
 * @returns null when nothing was measured
 */
export function quantileOf(q: number, bounds: readonly number[], buckets: readonly number[]): number | null {
  const all = buckets.reduce((sum, bucket) => sum + bucket, 0);
  if (all <= 0 || bounds.length === 0) return null;
  const rank = q * all;
  let below = 0;
  for (const [i, bucket] of buckets.entries()) {
    const upper = bounds[i];
    if (upper === undefined) break;
    if (below + bucket >= rank && bucket > 0) {
      const lower = i === 0 ? Math.min(0, upper) : bounds[i - 1] ?? 0;
      return lower + (upper - lower) * ((rank - below) / bucket);
    }
    below += bucket;
  }
  return bounds.at(-1) ?? null;
}
