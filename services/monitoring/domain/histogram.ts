import { added, type Point, type Series } from './metric.ts';

/** Several points as one: their buckets in bounds that all of them have. */
export interface Joined {
  readonly point: Point;
  readonly bounds: readonly number[];
}
interface Of { readonly series: Series; readonly point: Point }

/**
 * Adds up what was measured in different buckets as well: a release has other bounds than the one before, a foreign program others than ours. Only bounds
 * that all have can be told apart; of those the counts are exact.
 * @returns undefined of nothing
 */
export function joined(all: readonly Of[]): Joined | undefined {
  const bounds = commonBounds(all);
  const places = new Map<readonly number[], readonly number[]>();
  let point: Point | undefined;
  for (const one of all) {
    const own = one.series.bounds;
    const known = places.get(own);
    const place = known ?? own.map((bound) => placeOf(bounds, bound));
    if (!known) places.set(own, place);
    // As many bounds as all have are those that all have.
    point = added(point, own.length === bounds.length ? one.point : { ...one.point, buckets: moved(one.point.buckets, place, bounds.length) });
  }
  return point && { point, bounds };
}

function commonBounds(all: readonly Of[]): readonly number[] {
  const different = new Map<string, readonly number[]>();
  for (const { series: { bounds } } of all) different.set(textOf(bounds), bounds);
  const [first = [], ...others] = different.values();
  return others.reduce<readonly number[]>((common, bounds) => common.filter((bound) => bounds.includes(bound)), first);
}

/** Each list of bounds belongs to a series and is met once per point. */
const texts = new WeakMap<readonly number[], string>();
function textOf(bounds: readonly number[]): string {
  const known = texts.get(bounds);
  if (known !== undefined) return known;
  const text = bounds.join();
  texts.set(bounds, text);
  return text;
}

/** Where what is at most `bound` counts: in the first of the common ones that is not less. */
function placeOf(bounds: readonly number[], bound: number): number {
  const found = bounds.findIndex((one) => one >= bound);
  return found === -1 ? bounds.length : found;
}

function moved(buckets: readonly number[], place: readonly number[], count: number): readonly number[] {
  const into = Array.from({ length: count + 1 }, () => 0);
  for (const [i, bucket] of buckets.entries()) into[place[i] ?? count] = (into[place[i] ?? count] ?? 0) + bucket;
  return into;
}
