/** One time series: what was measured (`name`), where (`service`) and of what (`labels`). The object itself is its identity in memory. */
export interface Series {
  /** The same for the same series in every process: the key in the store. */
  readonly key: string;
  readonly service: string;
  readonly name: string;
  readonly kind: SeriesKind;
  readonly labels: Labels;
  /** Upper bounds of a histogram without the last, which is infinite; empty for others. */
  readonly bounds: readonly number[];
}
export type SeriesKind = 'counter' | 'gauge' | 'histogram';
export type Labels = Readonly<Record<string, string>>;

/**
 * What happened to a series in some span of time. Counter: `count` is the increase. Histogram: `count` measurements whose values add up to `sum`, each
 * bucket alone (not the cumulative ones of the text format). Gauge: `count` looks whose values add up to `sum`.
 */
export interface Point {
  readonly count: number;
  readonly sum: number;
  /** Of a gauge's looks. */
  readonly max: number;
  readonly buckets: readonly number[];
}
/** What is larger in any figure is no measurement; sums of what is smaller stay far from what a double holds. */
export const LARGEST = 1e15;
export interface Exemplar {
  /** Unix time in milliseconds. */
  readonly at: number;
  readonly seconds: number;
  readonly traceId: string;
}

export function added(one: Point | undefined, other: Point): Point {
  if (!one) return other;
  return {
    count: one.count + other.count, sum: one.sum + other.sum, max: Math.max(one.max, other.max),
    buckets: one.buckets.length === other.buckets.length ? one.buckets.map((bucket, i) => bucket + (other.buckets[i] ?? 0)) : [],
  };
}

/** Names that pages show. All else is counted as left out. */
export const keptPrefixes = ['http_server_', 'http_client_', 'db_client_', 'cache_', 'messaging_', 'queue_', 'backing_', 'process_cpu_', 'process_resident_memory_', 'nodejs_eventloop_lag_', 'nodejs_heap_size_'];
export const isKept = (name: string): boolean => keptPrefixes.some((prefix) => name.startsWith(prefix));

/** What nobody asked for in so long makes place for others; longer than anything is in memory. */
const UNUSED_MS = 3_600_000;
const SWEEP_MS = 60_000;

/** Makes one object of each series, up to a number of them, in all and of each service. @param now Unix milliseconds */
export function openSeriesBook(most: number, { ofService = most, now = Date.now }: { readonly ofService?: number; readonly now?: () => number } = {}) {
  const known = new Map<string, { readonly series: Series; used: number }>();
  const counts = new Map<string, number>();
  let swept = -Infinity;
  function count(service: string, change: 1 | -1): void {
    const after = (counts.get(service) ?? 0) + change;
    if (after === 0) counts.delete(service);
    else counts.set(service, after);
  }
  function sweep(): void {
    if (now() - swept < SWEEP_MS) return;
    swept = now();
    for (const [key, { series, used }] of known) {
      if (now() - used <= UNUSED_MS) continue;
      known.delete(key);
      count(series.service, -1);
    }
  }
  const isFull = (service: string): boolean => known.size >= most || (counts.get(service) ?? 0) >= ofService;
  return {
    /** @returns undefined when there are too many */
    find(service: string, name: string, kind: SeriesKind, labels: Labels, bounds: readonly number[]): Series | undefined {
      const sorted = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
      const key = JSON.stringify([service, name, kind, sorted, bounds]);
      const before = known.get(key);
      if (before) {
        before.used = now();
        return before.series;
      }
      if (isFull(service)) sweep();
      if (isFull(service)) return undefined;
      const series: Series = { key, service, name, kind, labels: Object.fromEntries(sorted), bounds };
      known.set(key, { series, used: now() });
      count(service, 1);
      return series;
    },
    all: (): readonly Series[] => [...known.values()].map(({ series }) => series),
  };
}
export type SeriesBook = ReturnType<typeof openSeriesBook>;
