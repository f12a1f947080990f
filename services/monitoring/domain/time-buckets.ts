import { FINE_S, type Width } from './log-counts.ts';

/** How a range of time is cut to be counted. Seconds since 1970; whole steps, so the first may begin before the range and the last end after it. */
export interface TimeBuckets {
  readonly fromS: number;
  readonly toS: number;
  readonly stepS: number;
  /** The width of the kept counts that serve it; null where only lines are fine enough. */
  readonly width: Width | null;
}
const STEPS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800] as const;

/** @param most buckets at most */
export function timeBucketsOf(fromMs: number, toMs: number, most: number, nowMs: number): TimeBuckets {
  const [low, high] = [Math.floor(fromMs / 1000), Math.max(Math.ceil(toMs / 1000), Math.floor(fromMs / 1000) + 1)];
  // With an hour to spare: a line of then may have come when it was a day old already, and got no fine count.
  const isOld = low < nowMs / 1000 - FINE_S + 3600;
  const fits = (step: number) => Math.ceil(high / step) - Math.floor(low / step) <= most;
  const fitting = STEPS.find((step) => fits(step)) ?? Math.ceil((high - low) / Math.max(1, most - 1) / 604_800) * 604_800;
  // Where the fine counts are gone, a minute costs less than reading lines; a range under a few minutes is read.
  const stepS = isOld && fitting >= 10 && fitting < 60 && fits(60) ? 60 : fitting;
  const width = stepS % 3600 === 0 ? 3600 : stepS % 60 === 0 ? 60 : stepS % 10 === 0 && !isOld ? 10 : null;
  return { fromS: Math.floor(low / stepS) * stepS, toS: Math.ceil(high / stepS) * stepS, stepS, width };
}
