import { problem } from '../../kit/problem.ts';
import { levels, type Level, type Term } from '../domain/log-query.ts';
import type { Range } from './log-port.ts';
import { wholeForms, TIME, type Fields } from './opensearch-fields.ts';
import type { Caps } from './opensearch-answers.ts';

/** How other programs spell a level. */
const SPELLED: Readonly<Record<Level, readonly string[]>> = {
  trace: ['trace', 'verbose'], debug: ['debug'], info: ['info', 'information', 'notice'], warn: ['warn', 'warning'], error: ['error', 'err'], fatal: ['fatal', 'critical', 'crit', 'alert', 'emergency', 'emerg', 'panic'],
};
const casesOf = (word: string): readonly string[] => [word, word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)];
const spellings = (wanted: readonly Level[]): readonly string[] => wanted.flatMap((level) => SPELLED[level].flatMap(casesOf));
/** A level that nobody knows counts as `info`, as in monitoring's own lines. */
export const levelOf = (text: unknown): Level => (typeof text === 'string' ? levels.find((level) => SPELLED[level].includes(text.toLowerCase())) : undefined) ?? 'info';

/**
 * The terms as one filter. Values stand where values stand, never in a query language; the one pattern has its signs escaped.
 * @param filters fields that must be so in every line @param caps of the attributes that are asked for
 */
export function filterOf(terms: readonly Term[], range: Range, filters: readonly (readonly [string, string])[], fields: Fields, caps: Caps): object {
  const of = (negated: boolean) => terms.filter((term) => term.negated === negated).map((term) => one(term, fields, caps));
  return {
    bool: {
      filter: [{ range: { [TIME]: { gte: Math.floor(range.fromMs), lt: Math.ceil(range.toMs), format: 'epoch_millis' } } }, ...filters.map(([field, value]) => ({ term: { [field]: { value } } })), ...of(false)],
      must_not: of(true),
    },
  };
}

function one(term: Term, fields: Fields, caps: Caps): object {
  switch (term.kind) {
    case 'service': case 'trace': case 'span': return { term: { [fields[term.kind]]: { value: term.value } } };
    case 'level': {
      // Whatever is none of the others.
      if (term.levels.includes('info')) return { bool: { must_not: [{ terms: { [fields.level]: spellings(levels.filter((level) => !term.levels.includes(level))) } }] } };
      return { terms: { [fields.level]: spellings(term.levels) } };
    }
    case 'attribute': {
      const should = wholeForms(term.key, caps).map((form) => ({ match: { [form]: { query: term.value, lenient: true } } }));
      return should.length === 0 ? { match_none: {} } : { bool: { should, minimum_should_match: 1 } };
    }
    case 'text': {
      if (fields.part === undefined) throw problem('unavailable', 'The messages of this index can be searched by words only, and not by any part of them.', { at: 'monitoring', fix: 'Give `message` a subfield of the type wildcard; search by service, level, trace or attribute until then.' });
      return partOf(term.value, fields.part);
    }
    default: return term satisfies never;
  }
}

/** OpenSearch's fields of the type wildcard find nothing with a backslash in it (seen with 2.19.1): where there is no keyword, any sign may stand in its place. */
function partOf(value: string, { keyword, wildcard }: NonNullable<Fields['part']>): object {
  const exact = wildcard === undefined || (value.includes('\\') && keyword !== undefined);
  const pattern = exact ? value.replace(/[\\*?]/g, String.raw`\$&`) : value.replace(/[*?]/g, String.raw`\$&`).replace(/\\(?![*?])/g, '?');
  return { wildcard: { [(exact ? keyword : wildcard) ?? '']: { value: `*${pattern}*` } } };
}
