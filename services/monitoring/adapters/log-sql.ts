import type { Term } from '../domain/log-query.ts';

/** Collects the values of a statement; each `add` answers its place: `$3`. */
export interface Values {
  readonly list: unknown[];
  add(value: unknown): string;
}
export function openValues(): Values {
  const list: unknown[] = [];
  return { list, add: (value) => `$${list.push(value)}` };
}

/**
 * The terms as one condition on a row of `logs`. Values only as parameters; without terms it is `true`.
 * @param narrow few lines fit all but the text: they are read, since the index of a common text in a whole day takes longer than they do
 */
export function conditionOf(terms: readonly Term[], values: Values, narrow = false): string {
  return terms.length === 0 ? 'true' : terms.map((term) => term.negated ? `not coalesce(${one(term, values, narrow)}, false)` : one(term, values, narrow)).join(' and ');
}

const NARROW_MS = 2 * 3_600_000;
/** One service in two hours at most. */
export const isNarrow = (terms: readonly Term[], { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): boolean =>
  toMs - fromMs <= NARROW_MS && terms.some(({ kind, negated }) => kind === 'service' && !negated);

/** Can kept counts by service and level answer it? */
export const isCounted = (terms: readonly Term[]): boolean => terms.every(({ kind }) => kind === 'service' || kind === 'level');

function one(term: Term, values: Values, narrow: boolean): string {
  switch (term.kind) {
    case 'service': return `service = ${values.add(term.value)}`;
    case 'level': return `level = any(${values.add(term.levels)}::text[])`;
    case 'trace': return `trace_id = ${values.add(term.value)}`;
    case 'span': return `span_id = ${values.add(term.value)}`;
    case 'attribute': return `attributes ->> ${values.add(term.key)} = ${values.add(term.value)}`;
    // A substring: the three characters that mean something to LIKE mean themselves.
    // What is joined to nothing is the same text, and no index knows it.
    case 'text': return `${narrow ? `(message || '')` : 'message'} like ${values.add(`%${term.value.replace(/[\\%_]/g, String.raw`\$&`)}%`)}`;
    default: return term satisfies never;
  }
}
