import { keptPrefixes, type SeriesKind } from './metric.ts';

/** Labels that every series must have. */
export type Matchers = readonly (readonly [label: string, value: string])[];
/** @throws {Error} for a label that none can be called: it stands in the URL of the Prometheus */
export function matchersOf(search: URLSearchParams): Matchers {
  const wrong = [...search.keys()].find((label) => !LABEL.test(label));
  if (wrong !== undefined) throw new Error(`${JSON.stringify(wrong)} is no label of Prometheus`);
  return [...search];
}
const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * The series that these families are made of. A name that no metric can have is left out: inside of the pattern it would mean something else.
 * @returns null when no name is left
 */
export function nameSelector(names: readonly string[] | 'kept', matchers: Matchers): string | null {
  const found = names === 'kept' ? keptPrefixes.map((prefix) => `${prefix}.*`) : names.filter((name) => NAME.test(name)).map((name) => `${name}(_bucket|_sum)?`);
  return found.length === 0 ? null : `{${[`__name__=~"${found.join('|')}"`, ...matching(matchers)].join(',')}}`;
}
/** The same for windows that hold many looks: what was added in them, by the name of the sample. Each has its own question, since increase() forgets names. */
export function increaseQueries(names: readonly string[], matchers: Matchers, seconds: number): readonly (readonly [name: string, query: string])[] {
  const of = (how: 'increase' | 'avg_over_time', name: string) => [name, `${how}(${ownSelector(name, matchers)}[${Math.max(1, Math.round(seconds))}s])`] as const;
  return names.filter((name) => NAME.test(name)).flatMap((name) => (name.endsWith('_total') ? [of('increase', name)] : [of('avg_over_time', name), of('increase', `${name}_bucket`), of('increase', `${name}_sum`)]));
}
export const ownSelector = (name: string, matchers: Matchers): string => `${name}{${matching(matchers).join(',')}}`;

const matching = (matchers: Matchers): readonly string[] => matchers.map(([label, value]) => `${label}=${quoted(value)}`);
/** PromQL's strings are Go's: JSON's escapes are among them. */
const quoted = (text: string): string => JSON.stringify(text.toWellFormed());

/** The family of a sample's name; none for the parts of a histogram that are counted with another one. */
export function familyOfSample(name: string, histograms: ReadonlySet<string>): readonly { readonly family: string; readonly kind: SeriesKind }[] {
  const [, base = '', part = ''] = /^(.*)_(bucket|sum|count)$/.exec(name) ?? [];
  if (histograms.has(base)) return part === 'count' ? [{ family: base, kind: 'histogram' }] : [];
  return [{ family: name, kind: name.endsWith('_total') ? 'counter' : 'gauge' }];
}

const SECONDS: Readonly<Record<string, number>> = { y: 31_536_000, w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 };
/** `15d`, `1w2d`, `30d or 10GiB`. @returns seconds, or undefined when it says something else */
export function retentionOf(text: string): number | undefined {
  const [duration = ''] = text.split(' ');
  if (!/^(\d+[ywdhms])+$/.test(duration)) return undefined;
  const seconds = [...duration.matchAll(/(\d+)([ywdhms])/g)].reduce((sum, [, number, unit = '']) => sum + Number(number) * (SECONDS[unit] ?? 0), 0);
  return seconds > 0 ? seconds : undefined;
}
