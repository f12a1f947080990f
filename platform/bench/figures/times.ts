import { figureOf, type Figure } from '../statistics.ts';

/** What is compared, in milliseconds. */
export interface Times { readonly mean: number; readonly p50: number; readonly p99: number }
export const KINDS = ['mean', 'p50', 'p99'] as const;

export function timesOf(millis: readonly number[]): Times {
  const sorted = millis.toSorted((a, b) => a - b);
  const quantile = (q: number): number => sorted[Math.max(0, Math.ceil(sorted.length * q) - 1)] ?? Number.NaN;
  return { mean: millis.reduce((sum, one) => sum + one, 0) / millis.length, p50: quantile(0.5), p99: quantile(0.99) };
}

export type Kinds<T> = Readonly<Record<(typeof KINDS)[number], T>>;

/** What one run gave: two that kept the times of the same requests. */
export interface Pair { readonly driven: Times; readonly kept: Times }

/** How far the two are apart, run by run: more and less do not make up for each other. */
export const apart = (pairs: readonly Pair[]): Kinds<Figure> => ofKinds((kind) => figureOf(pairs.map((pair) => Math.abs(late(pair, kind)))));

/**
 * What of it is not the driver's: how much later it is than what is shown, less how much later it is than a bare server in the same run. Driver,
 * kernel and machine only ever add, so this also finds what their lateness would hide.
 */
export const beyond = (ours: readonly Pair[], control: readonly Pair[]): Kinds<Figure> => ofKinds((kind) => figureOf(ours.flatMap((pair, run) => {
  const bare = control[run];
  return bare ? [late(pair, kind) - late(bare, kind)] : [];
})));

const late = ({ driven, kept }: Pair, kind: (typeof KINDS)[number]): number => driven[kind] - kept[kind];
const ofKinds = <T>(of: (kind: (typeof KINDS)[number]) => T): Kinds<T> => ({ mean: of('mean'), p50: of('p50'), p99: of('p99') });
