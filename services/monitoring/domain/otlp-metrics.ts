import { createHash } from 'node:crypto';
import { recordsOf, type Origin } from './batch.ts';
import type { Masks } from './mask.ts';
import { LARGEST, type Labels, type SeriesKind } from './metric.ts';
import { attributesOf, listOf, nanosOf, recordOf } from './otlp.ts';
import type { Taken } from './span.ts';
import { textOf } from './text.ts';

/** One data point as a foreign program sends it. */
export interface SentPoint {
  readonly service: string;
  /** In Prometheus form. */
  readonly name: string;
  readonly kind: SeriesKind;
  readonly labels: Labels;
  readonly bounds: readonly number[];
  /** Which stream in which life of the program, when what it says stands for everything since that began; null: for what happened after the point before. */
  readonly source: string | null;
  /** Unix nanoseconds, in decimal; 0 when it does not say. Both. */
  readonly since: string;
  readonly time: string;
  readonly value: number;
  readonly sum: number;
  readonly buckets: readonly number[];
}

const CUMULATIVE = 2;
const MOST = { labels: 16, label: 100, bounds: 100, points: 10_000 } as const;

/** The points of an ExportMetricsServiceRequest. A metric that is ill-formed is refused alone. */
export function metricsOf(body: unknown): Taken<SentPoint> {
  const taken = recordsOf(body, { resources: 'resourceMetrics', scopes: 'scopeMetrics', records: 'metrics' }, { about: (_, origin) => origin, read: metricOf });
  const all = taken.kept.flat();
  return { masked: taken.masked, kept: all.slice(0, MOST.points), refused: taken.refused + Math.max(0, all.length - MOST.points), why: taken.why ?? (all.length > MOST.points ? `more than ${MOST.points} points at once` : null) };
}

/** @returns its points, or what is wrong with it */
function metricOf(raw: unknown, service: string | null, _: unknown, masks: Masks, origin: Origin): readonly SentPoint[] | string {
  const metric = recordOf(raw);
  if (service === null) return 'the resource has no service.name';
  const name = textOf(metric['name'], 200);
  if (name === null || !/^[a-zA-Z][\w./-]*$/.test(name)) return 'its name is none of OpenTelemetry\'s';
  const [gauge, sum, histogram] = [metric['gauge'], metric['sum'], metric['histogram']];
  const known = gauge ?? sum ?? histogram;
  if (known === undefined) return 'it is neither a gauge nor a sum nor a histogram';
  const grows = sum !== undefined && recordOf(sum)['isMonotonic'] === true;
  // A sum that may fall is a level, as a gauge is.
  const kind: SeriesKind = histogram !== undefined ? 'histogram' : grows ? 'counter' : 'gauge';
  const temporality = recordOf(known)['aggregationTemporality'];
  const isCumulative = kind !== 'gauge' && (temporality === CUMULATIVE || temporality === 'AGGREGATION_TEMPORALITY_CUMULATIVE');
  const common = { service, name: prometheusName(name, textOf(metric['unit'], 20) ?? '', kind), kind, streamOf: isCumulative ? streamOf(origin, name) : null };
  const points = listOf(recordOf(known)['dataPoints']).map((point) => pointOf(recordOf(point), common, masks));
  const wrong = points.find((point) => typeof point === 'string');
  return typeof wrong === 'string' ? wrong : points.flatMap((point) => (typeof point === 'string' ? [] : [point]));
}

type Common = Pick<SentPoint, 'service' | 'name' | 'kind'> & { readonly streamOf: ((attributes: readonly (readonly [string, unknown])[], since: string) => string) | null };

function pointOf(point: Readonly<Record<string, unknown>>, { streamOf, ...common }: Common, masks: Masks): SentPoint | string {
  const attributes = Object.entries(attributesOf(point['attributes'], masks));
  if (attributes.length > MOST.labels) return `a point has more than ${MOST.labels} attributes`;
  const labels = Object.fromEntries(attributes.map(([key, value]) => [key.replace(/[^a-zA-Z0-9_]/g, '_').slice(0, MOST.label), String(value).slice(0, MOST.label).toWellFormed()]));
  const since = String(nanosOf(point['startTimeUnixNano']) ?? 0n);
  const told = { ...common, labels, since, source: streamOf?.(attributes, since) ?? null, time: String(nanosOf(point['timeUnixNano']) ?? 0n) };
  if (common.kind !== 'histogram') {
    const value = numberOf(point['asDouble'] ?? point['asInt']);
    if (value === null) return `a point has no number, or one beyond ${LARGEST}`;
    return common.kind === 'counter' && value < 0 ? 'a sum that only grows is less than zero' : { ...told, value, sum: 0, bounds: [], buckets: [] };
  }
  const bounds = listOf(point['explicitBounds']).map(numberOf);
  const buckets = listOf(point['bucketCounts']).map(numberOf);
  if (bounds.length > MOST.bounds || buckets.length !== bounds.length + 1) return 'its buckets and bounds do not fit together';
  const [fine, good] = [bounds.filter((bound) => bound !== null), buckets.filter((bucket) => bucket !== null && bucket >= 0).map(Number)];
  if (good.length !== buckets.length || fine.some((bound, i) => i > 0 && bound <= (fine[i - 1] ?? 0)) || fine.length !== bounds.length) return 'its buckets are no counts, or its bounds do not rise';
  // Without a sum (it may be left out where values can be negative) there is no mean, and everything else.
  const sum = point['sum'] === undefined ? 0 : numberOf(point['sum']);
  return sum === null ? `a point's sum is no number, or beyond ${LARGEST}` : { ...told, value: good.reduce((all, bucket) => all + bucket, 0), sum, bounds: fine, buckets: good };
}

/** A stream is one by everything that tells it from others (OpenTelemetry, "Metrics Data Model", "Opaque identity"), before anything is cut for labels. */
function streamOf({ group, scoped }: Origin, name: string) {
  const { name: library, version, attributes: more } = recordOf(recordOf(scoped)['scope']);
  const origin = [sorted(attributesOf(recordOf(recordOf(group)['resource'])['attributes'])), textOf(library), textOf(version), sorted(attributesOf(more)), name];
  return (attributes: readonly (readonly [string, unknown])[], since: string): string =>
    createHash('sha256').update(JSON.stringify([origin, sorted(Object.fromEntries(attributes)), since])).digest('base64url').slice(0, 32);
}
const sorted = (attributes: Readonly<Record<string, unknown>>) => Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1));

/** `http.server.request.duration` in `s` → `http_server_request_duration_seconds` (OpenTelemetry, "Prometheus and OpenMetrics Compatibility"). */
export function prometheusName(name: string, unit: string, kind: SeriesKind): string {
  const words = name.replace(/[^a-zA-Z0-9_:]/g, '_');
  const suffix = UNITS[unit] ?? '';
  const withUnit = suffix === '' || words.endsWith(suffix) ? words : words + suffix;
  return kind === 'counter' && !withUnit.endsWith('_total') ? `${withUnit}_total` : withUnit;
}
const UNITS: Readonly<Record<string, string>> = { s: '_seconds', ms: '_milliseconds', By: '_bytes', '%': '_percent' };

function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Math.abs(number) <= LARGEST ? number : null;
}
