import { LARGEST, type Exemplar, type Labels } from './metric.ts';

/** What one `/metrics` says now: counters and histograms since the process started. */
export type Reading =
  | { readonly kind: 'counter' | 'gauge'; readonly name: string; readonly labels: Labels; readonly value: number }
  | { readonly kind: 'histogram'; readonly name: string; readonly labels: Labels; readonly bounds: readonly number[]; readonly buckets: readonly number[]; readonly sum: number; readonly exemplars: readonly Exemplar[] };
export interface Exposition {
  readonly readings: readonly Reading[];
  /** Unix time in seconds; tells one process from the next. */
  readonly startedAt: number;
  /** Families that are not kept. */
  readonly leftOut: readonly string[];
}

const LABEL = String.raw`[a-zA-Z_]\w*="(?:[^"\\]|\\[\\n"])*"`;
const LABELS = String.raw`\{(?:${LABEL}(?:,${LABEL})*,?)?\}`;
const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|Inf)|NaN|Nan`;
const SAMPLE = new RegExp(String.raw`^([a-zA-Z_:][\w:]*)(${LABELS})? (${NUMBER})(?: (?:${NUMBER}))?(?: # (${LABELS}) (${NUMBER})(?: (${NUMBER}))?)?$`);
const TYPE = /^# TYPE ([a-zA-Z_:][\w:]*) (\w+)$/;
const TRACE = /[{,]trace_id="([0-9a-f]{32})"/;
const LONGEST = 16_384;

/**
 * Reads the text format of Prometheus and of OpenMetrics 1.0, strictly: one wrong line spoils the whole, as for Prometheus itself.
 * @param keep which families
 * @throws {Error} with the number of the line; also for more than `most` samples
 */
export function readExposition(text: string, keep: (name: string) => boolean, most: number): Exposition {
  const types = new Map<string, string>();
  const leftOut = new Set<string>();
  const plain: Reading[] = [];
  const histograms = new Map<string, Histogram>();
  let [samples, startedAt] = [0, 0];
  for (const [number, line] of text.split('\n').entries()) {
    if (line === '') continue;
    if (line.startsWith('#')) {
      const [, name = '', type = ''] = TYPE.exec(line) ?? [];
      if (name !== '') types.set(name, type);
      continue;
    }
    const found = line.length > LONGEST ? null : SAMPLE.exec(line);
    if (!found) throw new Error(`line ${number + 1} is no sample`);
    if (++samples > most) throw new Error(`it has more than ${most} samples`);
    const [, sample = '', labels = '', value = '', exemplarLabels, exemplarValue = '', exemplarAt] = found;
    if (sample === 'process_start_time_seconds' && numberOf(value) > 0 && isFigure(numberOf(value))) startedAt = numberOf(value);
    const { name: cut, type, suffix } = familyOf(sample, types);
    const name = nameOf(cut);
    if (!keep(name)) {
      leftOut.add(name);
    } else if (type === 'histogram') {
      addTo(histograms, name, suffix, labelsOf(labels), numberOf(value), exemplarLabels === undefined ? undefined : { traceId: TRACE.exec(exemplarLabels)?.[1], seconds: numberOf(exemplarValue), at: exemplarAt === undefined ? 0 : numberOf(exemplarAt) });
    } else if (type === 'counter' || type === 'gauge') {
      const number = numberOf(value);
      if (isFigure(number) && (type === 'gauge' || number >= 0)) plain.push({ kind: type, name, labels: labelsOf(labels), value: number });
    } else leftOut.add(name);
  }
  return { readings: [...plain, ...[...histograms.values()].flatMap(whole)], startedAt, leftOut: [...leftOut] };
}

/** OpenMetrics types `x` and writes `x_total`; Prometheus types `x_total`. We call both `x_total`. */
function familyOf(sample: string, types: ReadonlyMap<string, string>): { readonly name: string; readonly type: string; readonly suffix: string } {
  const own = types.get(sample);
  if (own !== undefined && own !== 'histogram') return { name: sample, type: own, suffix: '' };
  const [, base = '', suffix = ''] = /^(.*)_(total|bucket|sum|count)$/.exec(sample) ?? [];
  const type = types.get(base) ?? 'untyped';
  if (suffix === 'total' && type === 'counter') return { name: sample, type, suffix: '' };
  return type === 'histogram' && suffix !== 'total' ? { name: base, type, suffix } : { name: sample, type: 'untyped', suffix: '' };
}

interface Histogram {
  readonly name: string;
  readonly labels: Labels;
  /** Upper bound → measurements up to it. */
  readonly cumulative: Map<number, number>;
  sum: number;
  readonly exemplars: Exemplar[];
}
interface RawExemplar { readonly traceId: string | undefined; readonly seconds: number; readonly at: number }

function addTo(all: Map<string, Histogram>, name: string, suffix: string, { le, ...labels }: Labels, value: number, exemplar: RawExemplar | undefined): void {
  const key = name + JSON.stringify(labels);
  const one = all.get(key) ?? { name, labels, cumulative: new Map<number, number>(), sum: 0, exemplars: [] };
  all.set(key, one);
  if (suffix === 'sum') one.sum = value;
  if (suffix !== 'bucket') return;
  one.cumulative.set(numberOf(le ?? 'NaN'), value);
  if (exemplar?.traceId !== undefined && isFigure(exemplar.seconds) && isFigure(exemplar.at)) one.exemplars.push({ at: exemplar.at * 1000, seconds: exemplar.seconds, traceId: copyOf(exemplar.traceId) });
}

/** Without +Inf, with buckets that shrink, or with a sum that is no number, it is none. */
function whole({ name, labels, cumulative, sum, exemplars }: Histogram): Reading[] {
  const bounds = [...cumulative.keys()].toSorted((a, b) => a - b);
  const buckets = bounds.map((bound, i) => (cumulative.get(bound) ?? 0) - (i === 0 ? 0 : cumulative.get(bounds[i - 1] ?? 0) ?? 0));
  if (bounds.at(-1) !== Infinity || bounds.length > 100 || !isFigure(sum) || buckets.some((bucket) => !(bucket >= 0 && isFigure(bucket)))) return [];
  return [{ kind: 'histogram', name, labels, bounds: bounds.slice(0, -1), buckets, sum, exemplars }];
}

/** A part of a text holds the whole of it in memory (V8's sliced strings): what is kept longer than the look is copied. */
const copyOf = (part: string): string => Buffer.from(part).toString();
const names = new Map<string, string>();
const MOST_NAMES = 10_000;
function nameOf(part: string): string {
  const known = names.get(part);
  if (known !== undefined) return known;
  const name = copyOf(part);
  if (names.size >= MOST_NAMES) names.clear();
  names.set(name, name);
  return name;
}

/** Each text of labels is met once a second: it is taken apart once. */
const apart = new Map<string, Labels>();
const MOST_APART = 50_000;
function labelsOf(part: string): Labels {
  const known = apart.get(part);
  if (known) return known;
  const text = copyOf(part);
  // The scraped service is named by the target, not by what it says of itself.
  const labels = Object.fromEntries([...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].flatMap(([, key = '', value = '']) =>
    (key === 'service_name' ? [] : [[key, value.replace(/\\([\\n"])/g, (_, c: string) => (c === 'n' ? '\n' : c)).slice(0, 200).replaceAll('\0', '\uFFFD').toWellFormed()]])).slice(0, 32));
  if (apart.size >= MOST_APART) apart.clear();
  apart.set(text, labels);
  return labels;
}

const isFigure = (number: number): boolean => Math.abs(number) <= LARGEST;
function numberOf(text: string): number {
  return text.endsWith('Inf') ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
}
