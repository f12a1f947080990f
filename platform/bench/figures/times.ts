import { figureOf, type Figure } from '../statistics.ts';

/** What is compared, in milliseconds. */
export interface Times { readonly mean: number; readonly p50: number; readonly p99: number }
export const KINDS = ['mean', 'p50', 'p99'] as const;

export function timesOf(millis: readonly number[]): Times {
  const sorted = millis.toSorted((a, b) => a - b);
  const quantile = (q: number): number => sorted[Math.max(0, Math.ceil(sorted.length * q) - 1)] ?? Number.NaN;
  return { mean: millis.reduce((sum, one) => sum + one, 0) / millis.length, p50: quantile(0.5), p99: quantile(0.99) };
}

/** How far the driver and what is shown are apart, run by run: more and less do not make up for each other. */
export function apart(driven: readonly Times[], shown: readonly Times[]): Readonly<Record<(typeof KINDS)[number], Figure>> {
  const of = (kind: (typeof KINDS)[number]): Figure => figureOf(driven.flatMap((one, run) => {
    const other = shown[run];
    return other ? [Math.abs(one[kind] - other[kind])] : [];
  }));
  return { mean: of('mean'), p50: of('p50'), p99: of('p99') };
}
