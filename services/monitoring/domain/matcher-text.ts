import type { Matcher } from './silence.ts';

const MATCHER = /^\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|[^"]*?)\s*$/;

/** Filters as amtool sends them: `workload="gateway"`, `severity=~page|ticket`; or why one is none. */
export function filtersOf(given: unknown): readonly Matcher[] | string {
  const texts = given === undefined ? [] : [given].flat().map(String);
  const all: Matcher[] = [];
  for (const text of texts) {
    const [, name, sign, raw = ''] = MATCHER.exec(text) ?? [];
    if (name === undefined) return 'A filter is name="value", with =, !=, =~ or !~.';
    const value = raw.startsWith('"') ? raw.slice(1, -1).replaceAll(/\\(.)/g, '$1') : raw;
    all.push({ name, value, isRegex: sign === '=~' || sign === '!~', isEqual: sign === '=' || sign === '=~' });
  }
  return all;
}
