import { isPlainPattern, patternFits, PLAIN } from './pattern.ts';

export interface Matcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean;
}
/** Silences, and acknowledgements: those are for one alert, until it is resolved. */
export interface Silence {
  readonly id: string;
  readonly kind: 'silence' | 'acknowledgement';
  readonly matchers: readonly Matcher[];
  readonly startsAt: number;
  /** Unix time in milliseconds; null: until the alert is resolved. */
  readonly endsAt: number | null;
  readonly by: string;
  readonly reason: string;
  readonly updatedAt: number;
}
type Labels = Readonly<Record<string, string>>;

export const isOn = ({ startsAt, endsAt }: Silence, now: number): boolean => startsAt <= now && (endsAt === null || endsAt > now);
export const fits = ({ matchers }: Pick<Silence, 'matchers'>, labels: Labels): boolean => matchers.every((matcher) => matches(matcher, labels));

/** As Alertmanager: a label that is absent is empty; a pattern must fit the whole value. */
export function matches({ name, value, isRegex, isEqual }: Matcher, labels: Labels): boolean {
  const own = labels[name] ?? '';
  return (isRegex ? patternFits(value, own) : own === value) === isEqual;
}

/** Why these matchers are none, or undefined. One that fits everything silences everything: Alertmanager refuses it too. */
export function wrongMatchers(matchers: readonly Matcher[]): string | undefined {
  const wrong = matchers.find(({ isRegex, value }) => isRegex && !isPlainPattern(value));
  if (wrong) return `The pattern of ${wrong.name} ${PLAIN}`;
  if (matchers.every((matcher) => matches(matcher, {}))) return 'At least one matcher must ask for a label that is not empty.';
  return undefined;
}
