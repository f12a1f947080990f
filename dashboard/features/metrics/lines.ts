import type { Second } from '../../api/live-metrics.ts';
import type { By, Exemplars, Group } from '../../api/metrics.ts';

export type Value = number | null;
/** One group over time; `at` of all lines is the same. */
export interface ChartLine { readonly key: string; readonly rate: readonly Value[]; readonly errors: readonly Value[]; readonly p99: readonly Value[] }
export interface Lines { /** Unix seconds. */ readonly at: readonly number[]; readonly lines: readonly ChartLine[]; readonly exemplars: Exemplars }

/** More lines than this nobody tells apart. */
export const mostLines = 6;

export function linesFrom(groups: readonly Group[]): Lines {
  const drawn = groups.slice(0, mostLines);
  return {
    at: (drawn[0]?.series.at ?? []).map((ms) => ms / 1000),
    lines: drawn.map(({ key, series: { rate, errors, p99 } }) => ({ key, rate, errors, p99 })),
    exemplars: drawn.flatMap(({ exemplars }) => exemplars),
  };
}

/** One more second at the end; what is older than `seconds` leaves. A group that comes in later is there when the figures are asked for again. */
export function grown(before: Lines, second: Second, by: By, seconds: number): Lines {
  const at = second.at / 1000;
  const last = before.at.at(-1);
  if (last === undefined || at <= last) return before;
  const groups = new Map(second[by].map((group) => [group.key, group]));
  const first = before.at.findIndex((each) => each > at - seconds);
  const next = (values: readonly Value[], value: Value) => [...values.slice(first), value];
  return {
    at: [...before.at.slice(first), at],
    lines: before.lines.map(({ key, rate, errors, p99 }) => {
      const group = groups.get(key);
      return { key, rate: next(rate, group?.requests ?? 0), errors: next(errors, group?.errors ?? 0), p99: next(p99, group?.p99 ?? null) };
    }),
    exemplars: [...before.exemplars, ...before.lines.flatMap(({ key }) => groups.get(key)?.exemplars ?? [])].filter((one) => one.at / 1000 > at - seconds).slice(-40),
  };
}
