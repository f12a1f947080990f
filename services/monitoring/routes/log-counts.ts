import type { Answer, RouteRequest } from '../../kit/kit.ts';
import type { Count, LogStore } from '../adapters/log-port.ts';
import { levels } from '../domain/log-query.ts';
import { numberOf, rangeOf, termsOf } from './asked-logs.ts';

/** GET /v1/logs/histogram. */
export function logHistogram(store: LogStore) {
  return async ({ query }: RouteRequest): Promise<Answer> => {
    const { fromMs, toMs, stepMs, counts } = await store.count(termsOf(query), await rangeOf(query, store), numberOf(query['buckets']) ?? 60);
    const buckets = [...Map.groupBy(counts, ({ at }) => at)].map(([at, some]) => ({ at, levels: Object.fromEntries(sums(some, ({ level }) => level).map(({ name, count }) => [name, count])) }));
    return { status: 200, body: { from: fromMs, to: toMs, stepMs, total: counts.reduce((sum, { count }) => sum + count, 0), buckets } };
  };
}

/** GET /v1/logs/facets: most lines first; levels in their own order. */
export function logFacets(store: LogStore) {
  return async ({ query }: RouteRequest): Promise<Answer> => {
    const { fromMs, toMs, counts } = await store.count(termsOf(query), await rangeOf(query, store), 200);
    const order = (name: string) => levels.findIndex((level) => level === name);
    return {
      status: 200, body: {
        from: fromMs, to: toMs,
        services: sums(counts, ({ service }) => service).toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name)),
        levels: sums(counts, ({ level }) => level).toSorted((a, b) => order(a.name) - order(b.name)),
      },
    };
  };
}

function sums(counts: readonly Count[], nameOf: (one: Count) => string): readonly { readonly name: string; readonly count: number }[] {
  return [...Map.groupBy(counts, nameOf)].map(([name, some]) => ({ name, count: some.reduce((sum, { count }) => sum + count, 0) }));
}
