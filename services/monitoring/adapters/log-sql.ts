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

/** The terms as one condition on a row of `logs`. Values only as parameters; without terms it is `true`. */
export function conditionOf(terms: readonly Term[], values: Values): string {
  return terms.length === 0 ? 'true' : terms.map((term) => term.negated ? `not coalesce(${one(term, values)}, false)` : one(term, values)).join(' and ');
}

/** Can kept counts by service and level answer it? */
export const isCounted = (terms: readonly Term[]): boolean => terms.every(({ kind }) => kind === 'service' || kind === 'level');

function one(term: Term, values: Values): string {
  switch (term.kind) {
    case 'service': return `service = ${values.add(term.value)}`;
    case 'level': return `level = any(${values.add(term.levels)}::text[])`;
    case 'trace': return `trace_id = ${values.add(term.value)}`;
    case 'span': return `span_id = ${values.add(term.value)}`;
    case 'attribute': return `attributes ->> ${values.add(term.key)} = ${values.add(term.value)}`;
    // A substring: the three characters that mean something to LIKE mean themselves.
    case 'text': return `message like ${values.add(`%${term.value.replace(/[\\%_]/g, String.raw`\$&`)}%`)}`;
    default: return term satisfies never;
  }
}
