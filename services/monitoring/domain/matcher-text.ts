import { isPlainPattern, PLAIN } from './pattern.ts';
import type { Matcher } from './silence.ts';

/** No two parts of it can take the same character, so it is read in one pass; the spaces around the value are cut off afterwards. */
const MATCHER = /^([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)(.*)$/s;
const VALUE = /^(?:"((?:[^"\\]|\\.)*)"|([^"]*))$/s;

/** Filters as amtool sends them: `workload="gateway"`, `severity=~page|ticket`; or why one is none. */
export function filtersOf(given: unknown): readonly Matcher[] | string {
  const texts = given === undefined ? [] : [given].flat().map(String);
  const all: Matcher[] = [];
  for (const text of texts) {
    const [, name, sign, raw = ''] = MATCHER.exec(text.trim()) ?? [];
    const [found, quoted, bare = ''] = VALUE.exec(raw.trim()) ?? [];
    if (name === undefined || found === undefined) return 'A filter is name="value", with =, !=, =~ or !~.';
    const value = quoted?.replaceAll(/\\(.)/gs, '$1') ?? bare;
    const isRegex = sign === '=~' || sign === '!~';
    // One that fits nothing would hide what it asks for, and with !~ show all.
    if (isRegex && !isPlainPattern(value)) return `The pattern of ${name} ${PLAIN}`;
    all.push({ name, value, isRegex, isEqual: sign === '=~' || sign === '=' });
  }
  return all;
}
