import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { Metrics } from '../adapters/metrics-port.ts';
import { edgeFamilies, edgesOf } from '../domain/edges.ts';
import { linesOf } from '../domain/metric-lines.ts';
import { rangeOf, stepOf, type Range } from '../domain/range.ts';
import { familiesOf, redOf, type By, type Measured } from '../domain/red.ts';

type Query = RouteRequest['query'];
const MOST = { groups: 200, lines: 200 } as const;

/** GET /v1/metrics/red */
export function red(metrics: Metrics) {
  return async ({ query }: RouteRequest): Promise<Answer> => {
    const by = byOf(query['by']);
    const { measured, ...which } = await readRange(metrics, familiesOf[by], query);
    const groups = redOf(by, ofService(measured, query), { from: which.from, to: which.to, step: which.step });
    return { status: 200, body: { by, ...inMilliseconds(which), source: metrics.source, groups: groups.slice(0, MOST.groups), omitted: Math.max(0, groups.length - MOST.groups) } };
  };
}

/** GET /v1/metrics/series */
export function metricSeries(metrics: Metrics) {
  return async ({ query }: RouteRequest): Promise<Answer> => {
    const name = String(query['name']);
    const { measured, ...which } = await readRange(metrics, [name], query);
    const lines = linesOf(where(ofService(measured, query), query['where']), { from: which.from, to: which.to, step: which.step });
    return { status: 200, body: { name, ...inMilliseconds(which), source: metrics.source, series: lines.slice(0, MOST.lines), omitted: Math.max(0, lines.length - MOST.lines) } };
  };
}

/** GET /v1/edges */
export function edges(metrics: Metrics) {
  return async ({ query }: RouteRequest): Promise<Answer> => {
    const { measured, ...which } = await readRange(metrics, edgeFamilies, query);
    const { step: _, ...rest } = inMilliseconds(which);
    return { status: 200, body: { ...rest, source: metrics.source, edges: edgesOf(measured) } };
  };
}

async function readRange(metrics: Metrics, names: readonly string[], query: Query): Promise<Range & { readonly step: number; readonly measured: readonly Measured[]; readonly resolution: number; readonly keptSeconds: number }> {
  const range = rangeOf(query);
  if (typeof range === 'string') throw problem('invalid_params', range);
  const { from, measured, resolution, keptSeconds } = await metrics.read(names, range.from, range.to);
  return { from, to: range.to, step: stepOf({ ...range, from }, resolution), measured, resolution, keptSeconds };
}

const inMilliseconds = <T extends { readonly from: number; readonly to: number }>(which: T): T => ({ ...which, from: which.from * 1000, to: which.to * 1000 });

function ofService(measured: readonly Measured[], { service }: Query): readonly Measured[] {
  return service === undefined ? measured : measured.filter(({ series }) => series.service === service);
}

function where(measured: readonly Measured[], text: unknown): readonly Measured[] {
  if (typeof text !== 'string') return measured;
  const wanted = text.split(',').map((pair): readonly [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
  return measured.filter(({ series: { labels } }) => wanted.every(([key, value]) => (labels[key] ?? '') === value));
}

function byOf(value: unknown): By {
  return value === 'route' || value === 'edge' || value === 'query' ? value : 'service';
}
