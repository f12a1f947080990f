import type { Labels, Point, Series, SeriesBook, SeriesKind } from './metric.ts';
import type { Measured } from './red.ts';

/** Totals since a process started, as a server keeps them: one value for each time of the grid, undefined where there is none. */
export interface Sampled {
  /** The metric's own name (`…_bucket`, `…_sum` and `…_count` of a histogram), as the label `__name__`. */
  readonly labels: Labels;
  readonly values: readonly (number | undefined)[];
}
/** The times of the grid: `from`, `from + step` …; unix seconds. */
export interface Grid {
  readonly from: number;
  readonly step: number;
  readonly times: number;
  /** The values are what was added since the time before, and not totals. */
  readonly areIncreases: boolean;
}

/** The workload's name, as in what `./journey synth` writes for clusters. */
const SERVICE = 'job';
/** What says where it was read and not what of: processes of one workload are added up. */
const OF_TARGET: ReadonlySet<string> = new Set(['__name__', 'le', SERVICE, 'instance', 'pod', 'namespace', 'container', 'endpoint', 'service', 'node', 'cluster', 'prometheus', 'prometheus_replica', 'service_name']);

interface Group { readonly family: string; readonly kind: SeriesKind; readonly bounds: Map<number, readonly (number | undefined)[]>; labels: Labels; plain?: Sampled['values']; sum?: Sampled['values'] }

/**
 * What happened between one time of the grid and the next: of totals their exact differences.
 * @param up of each target, was it read at this time: a series that is new although its target was read before began at zero
 */
export function growthOfSamples(sampled: readonly Sampled[], up: readonly Sampled[], grid: Grid, book: SeriesBook): readonly Measured[] {
  const read = new Map(up.map(({ labels, values }) => [targetOf(labels), values]));
  return [...groupsOf(sampled).values()].flatMap((group): Measured[] => {
    const bounds = [...group.bounds.keys()].toSorted((a, b) => a - b);
    if (group.kind === 'histogram' && bounds.at(-1) !== Infinity) return [];
    const series = book.find(group.labels[SERVICE] ?? '', group.family, group.kind, own(group.labels), bounds.slice(0, -1));
    if (!series) return [];
    const lines = group.kind === 'histogram' ? bounds.map((bound) => group.bounds.get(bound) ?? []) : [group.plain ?? []];
    const points = group.kind === 'gauge' ? looksOf(lines[0] ?? [], grid) : grid.areIncreases ? givenOf(lines, group.sum, grid) : increasesOf(lines, group.sum, read.get(targetOf(group.labels)) ?? [], grid);
    return points.map(({ at, point }) => ({ at, series, point: group.kind === 'histogram' ? apart(point) : { ...point, buckets: [] } }));
  });
}

/** All lines of one histogram of one process become one. */
function groupsOf(sampled: readonly Sampled[]): ReadonlyMap<string, Group> {
  const histograms = new Set(sampled.flatMap(({ labels: { __name__: name = '', le } }) => (le !== undefined && name.endsWith('_bucket') ? [name.slice(0, -7)] : [])));
  const groups = new Map<string, Group>();
  for (const { labels, values } of sampled) {
    const { __name__: name = '', le, ...rest } = labels;
    const base = name.replace(/_(bucket|sum|count)$/, '');
    const family = histograms.has(base) ? base : name;
    const kind: SeriesKind = histograms.has(base) ? 'histogram' : name.endsWith('_total') ? 'counter' : 'gauge';
    const key = `${family} ${JSON.stringify(Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1)))}`;
    const group: Group = groups.get(key) ?? { family, kind, labels: rest, bounds: new Map() };
    groups.set(key, group);
    if (le !== undefined) group.bounds.set(le === '+Inf' ? Infinity : Number(le), values);
    else if (kind !== 'histogram') group.plain = values;
    else if (name.endsWith('_sum')) group.sum = values;
  }
  return groups;
}

interface At { readonly at: number; readonly point: Point }

/** @param lines totals that only grow together: the cumulative buckets, or the one of a counter */
function increasesOf(lines: readonly Sampled['values'][], sums: Sampled['values'] | undefined, up: Sampled['values'], { from, step, times }: Grid): readonly At[] {
  const found: At[] = [];
  let last: { readonly totals: readonly number[]; readonly sum: number } | undefined;
  for (let i = 0; i < times; i += 1) {
    const totals = lines.map((values) => values[i]).filter((value) => value !== undefined);
    if (totals.length !== lines.length) continue;
    const sum = sums?.[i] ?? 0;
    const before = last ?? (i > 0 && up[i - 1] === 1 ? { totals: totals.map(() => 0), sum: 0 } : undefined);
    last = { totals, sum };
    if (i === 0 || !before) continue;
    // Less than before: the process began anew (rate() does the same).
    const anew = totals.some((total, n) => total < (before.totals[n] ?? 0));
    const grown = totals.map((total, n) => total - (anew ? 0 : before.totals[n] ?? 0));
    const count = grown.at(-1) ?? 0;
    if (count > 0) found.push({ at: from + (i - 1) * step, point: { count, sum: sum - (anew ? 0 : before.sum), max: 0, buckets: grown } });
  }
  return found;
}

function givenOf(lines: readonly Sampled['values'][], sums: Sampled['values'] | undefined, { from, step, times }: Grid): readonly At[] {
  return Array.from({ length: times - 1 }, (_, i) => i + 1).flatMap((i): At[] => {
    const buckets = lines.map((values) => values[i] ?? 0);
    const count = buckets.at(-1) ?? 0;
    return count > 0 ? [{ at: from + (i - 1) * step, point: { count, sum: sums?.[i] ?? 0, max: 0, buckets } }] : [];
  });
}

function looksOf(values: Sampled['values'], { from, step }: Grid): readonly At[] {
  return values.flatMap((value, i) => (value === undefined || i === 0 ? [] : [{ at: from + (i - 1) * step, point: { count: 1, sum: value, max: value, buckets: [] } }]));
}

/** Each bucket alone, not the cumulative ones. */
const apart = ({ buckets, ...point }: Point): Point => ({ ...point, buckets: buckets.map((bucket, i) => Math.max(0, bucket - (buckets[i - 1] ?? 0))) });
const own = (labels: Labels): Labels => Object.fromEntries(Object.entries(labels).filter(([key]) => !OF_TARGET.has(key)));
const targetOf = (labels: Labels): string => `${labels[SERVICE] ?? ''} ${labels['instance'] ?? ''}`;

/** The same series as `growthOfSamples` makes of these labels: where an exemplar belongs. */
export const isOf = ({ service, name, labels }: Series, raw: Labels): boolean =>
  raw['__name__'] === `${name}_bucket` && raw[SERVICE] === service && Object.entries(own(raw)).every(([key, value]) => labels[key] === value) && Object.keys(own(raw)).length === Object.keys(labels).length;
