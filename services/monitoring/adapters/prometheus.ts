import type { Connection } from '../../kit/contract.ts';
import type { Kit } from '../../kit/kit.ts';
import { Problem } from '../../kit/problem.ts';
import { openSeriesBook, type Exemplar, type Labels } from '../domain/metric.ts';
import { growthOfSamples, isOf, type Grid, type Sampled } from '../domain/metric-samples.ts';
import { familyOfSample, increaseQueries, matchersOf, nameSelector, ownSelector, retentionOf } from '../domain/promql-read.ts';
import type { Measured } from '../domain/red.ts';
import { openForeign, textAt } from './foreign.ts';
import { MOST_SERIES } from './metric-scrape.ts';
import type { Family, Metrics } from './metrics-port.ts';
import { asExemplars, asMatrix, asRetention, asVector, type RawExemplars } from './prometheus-answers.ts';

/** Windows of one answer at most. */
const MOST_WINDOWS = 240;
/** What synth/<env>/…/service-monitor asks for: finer windows would be empty and full by turns. */
const INTERVAL = 30;
const WIDER = [1, 2, 10, 30, 120, 720, 2880] as const;
/**
 * In windows of so many looks the differences are taken here, and are whole numbers. In wider ones processes come, go and begin anew unseen: increase() sees
 * that, and answers a fraction of a request more or less.
 */
const EXACT = 2;
const RETENTION = 15 * 86_400;
const REMEMBERED_MS = 600_000;

/**
 * Figures of a Prometheus, by its HTTP API: `https://user:password@host/base?namespace=shop`; what stands behind the `?` must be so in every series.
 * @param interval seconds between two looks of that Prometheus
 */
export function openPrometheus(kit: Pick<Kit, 'call'>, connection: Connection<'metrics'>, { interval = INTERVAL, now = Date.now } = {}): Metrics {
  const { ask, search } = openForeign(kit, connection, { name: 'Prometheus', reasonOf: (body) => textAt(body, 'error') });
  const matchers = matchersOf(search);
  const get = (path: string, params: Readonly<Record<string, string>>, nothing?: number) => ask({ path: `${path}?${String(new URLSearchParams(params))}`, ...(nothing === undefined ? {} : { nothing }) });
  const instant = async (query: string, at?: number) => asVector(await get('/api/v1/query', { query, ...(at === undefined ? {} : { time: String(at) }) }));
  let retention: { readonly seconds: number; readonly until: number } | undefined;

  /** @param queryOf the question, for windows of so many seconds */
  async function sampled(queryOf: (seconds: number) => string, { from, step, times }: Omit<Grid, 'areIncreases'>): Promise<readonly Sampled[]> {
    const [end, clock] = [from + (times - 1) * step, now() / 1000];
    // The last window may still go on: beyond five minutes ahead of the clock a Prometheus has no value, so that one ends now.
    const goesOn = end > clock;
    const [whole, last] = await Promise.all([
      get('/api/v1/query_range', { query: queryOf(step), start: String(from), end: String(goesOn ? end - step : end), step: String(step) }).then(asMatrix), goesOn ? instant(queryOf(clock - end + step), clock) : [],
    ]);
    const lines = new Map<string, { readonly labels: Labels; readonly values: (number | undefined)[] }>();
    const put = (labels: Labels, samples: readonly (readonly [place: number, text: string])[]) => {
      const key = JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
      const line = lines.get(key) ?? { labels, values: Array.from<undefined>({ length: times }) };
      lines.set(key, line);
      for (const [place, text] of samples) if (Number.isFinite(Number(text))) line.values[place] = Number(text);
    };
    for (const { metric, values } of whole) put(metric, values.map(([at, text]) => [Math.round((at - from) / step), text]));
    for (const { metric, value: [, text] } of last) put(metric, [[times - 1, text]]);
    return [...lines.values()];
  }
  async function increases(names: readonly string[], grid: Grid): Promise<readonly Sampled[]> {
    const found = await Promise.all(increaseQueries(names, matchers, grid.step).map(async ([name], place) => {
      const all = await sampled((seconds) => increaseQueries(names, matchers, seconds)[place]?.[1] ?? '', grid);
      return all.map(({ labels, values }): Sampled => ({ labels: { ...labels, __name__: name }, values }));
    }));
    return found.flat();
  }
  async function kept(): Promise<number> {
    if (retention && retention.until > now()) return retention.seconds;
    // What only speaks Prometheus' language (Thanos, Mimir) does not say how long it keeps.
    const told = await ask({ path: '/api/v1/status/runtimeinfo', nothing: 404 });
    retention = { seconds: told === undefined ? RETENTION : retentionOf(asRetention(told)) ?? RETENTION, until: now() + REMEMBERED_MS };
    return retention.seconds;
  }
  async function exemplars(query: string, from: number, to: number): Promise<readonly RawExemplars[]> {
    // Off unless --enable-feature=exemplar-storage, and unknown to much that only speaks Prometheus' language; a chart without them is still a chart.
    const told = await get('/api/v1/query_exemplars', { query, start: String(from), end: String(to) }, 404).catch((error: unknown) => {
      if (error instanceof Problem) return undefined;
      throw error;
    });
    return asExemplars(told ?? { status: 'success', data: null });
  }
  return {
    source: 'prometheus',
    async read(names, from, to) {
      const step = stepOf(interval, to - from);
      const start = from - (from % step);
      const times = Math.ceil((to - start) / step) + 1;
      const selector = nameSelector(names, matchers);
      const keptSeconds = await kept();
      if (selector === null) return { measured: [], resolution: step, keptSeconds, from: start };
      const grid: Grid = { from: start, step, times, areIncreases: step > EXACT * interval };
      const [values, up, found] = await Promise.all([
        grid.areIncreases ? increases(names, grid) : sampled(() => selector, grid), grid.areIncreases ? [] : sampled(() => ownSelector('up', matchers), grid), exemplars(selector, start, start + times * step),
      ]);
      const measured = growthOfSamples(values, up, grid, openSeriesBook(MOST_SERIES));
      return { measured: withExemplars(measured, found, step), resolution: step, keptSeconds, from: start };
    },
    async families() {
      const query = `count by (__name__, job) (${nameSelector('kept', matchers) ?? ''})`;
      const counted = (await instant(query)).map(({ metric, value }) => ({ name: metric['__name__'] ?? '', service: metric['job'] ?? '', series: Number(value[1]) }));
      const histograms = new Set(counted.flatMap(({ name }) => (name.endsWith('_bucket') ? [name.slice(0, -7)] : [])));
      const read = counted.flatMap((one) => familyOfSample(one.name, histograms).map((family) => ({ ...one, ...family })));
      return [...Map.groupBy(read, ({ family }) => family)].map(([name, some]): Family => ({
        name, kind: some[0]?.kind ?? 'gauge', services: [...new Set(some.map(({ service }) => service))].toSorted(), series: some.reduce((sum, { series }) => sum + series, 0),
      })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
    async resolutions() {
      const keptSeconds = await kept();
      return WIDER.map((times) => ({ seconds: times * interval, keptSeconds }));
    },
  };
}

const stepOf = (interval: number, seconds: number): number => interval * (WIDER.find((times) => seconds / (times * interval) <= MOST_WINDOWS) ?? Math.ceil(seconds / MOST_WINDOWS / interval));

/** To the window in which Prometheus learned of it: the first that ends after it. The slowest of a window stays. */
function withExemplars(measured: readonly Measured[], found: readonly RawExemplars[], step: number): readonly Measured[] {
  const chosen = new Map<Measured, Exemplar>();
  for (const { seriesLabels, exemplars } of found) {
    const own = measured.filter(({ series }) => isOf(series, seriesLabels));
    for (const { labels, value, timestamp } of exemplars) {
      const traceId = labels['trace_id'] ?? labels['traceID'] ?? '';
      const window = own.find(({ at }) => at + step > timestamp) ?? own.at(-1);
      const exemplar = { at: Math.round(timestamp * 1000), seconds: Number(value), traceId };
      if (window && /^[0-9a-f]{32}$/.test(traceId) && Number.isFinite(exemplar.seconds) && exemplar.seconds > (chosen.get(window)?.seconds ?? -1)) chosen.set(window, exemplar);
    }
  }
  return measured.map((one) => {
    const exemplar = chosen.get(one);
    return exemplar ? { ...one, exemplar } : one;
  });
}
