/**
 * The language in which log lines are asked for: `service:auth level>=warn "exact text" word trace:<32 hex> -word attr.key:value`.
 * All terms must hold. A text is a substring, letter by letter (case counts), never a pattern.
 */
export const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Level = (typeof levels)[number];

export type Term = { readonly negated: boolean } & (
  | { readonly kind: 'service' | 'text' | 'trace' | 'span'; readonly value: string }
  | { readonly kind: 'level'; readonly levels: readonly Level[] }
  | { readonly kind: 'attribute'; readonly key: string; readonly value: string });

/** What is wrong with a query, and where: `position` counts characters from 1. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly position: number;
  constructor(position: number, message: string) {
    super(message);
    this.position = position;
  }
}

export const LIMITS = { length: 500, terms: 20 } as const;
const FIELD = /([a-zA-Z][\w.-]*)(>=|<=|[:=<>])/y;

/** @throws {QueryError} */
export function parseLogQuery(query: string): readonly Term[] {
  if (query.length > LIMITS.length) throw new QueryError(LIMITS.length + 1, `it is longer than ${LIMITS.length} characters`);
  const terms: Term[] = [];
  for (let at = skip(query, 0); at < query.length; at = skip(query, at)) {
    if (terms.length === LIMITS.terms) throw new QueryError(at + 1, `it has more than ${LIMITS.terms} terms`);
    const negated = query[at] === '-';
    const from = negated ? at + 1 : at;
    FIELD.lastIndex = from;
    const field = FIELD.exec(query);
    const { value, end } = valueAt(query, field ? FIELD.lastIndex : from);
    terms.push({ negated, ...termOf(field?.[1], field?.[2], value, from, field ? from + field[0].length : from) });
    at = end;
  }
  return terms;
}

type Bare = Term extends infer T ? T extends Term ? Omit<T, 'negated'> : never : never;

function termOf(name: string | undefined, operator: string | undefined, value: string, at: number, valueFrom: number): Bare {
  if (name === undefined) return { kind: 'text', value };
  if (name === 'level') return { kind: 'level', levels: levelsOf(operator ?? ':', value, valueFrom) };
  if (operator !== ':' && operator !== '=') throw new QueryError(at + 1, `only level can be compared with ${operator}; put a text that holds it in quotes`);
  if (name === 'service') return { kind: 'service', value };
  if (name === 'trace') return { kind: 'trace', value: idOf(value, 32, valueFrom) };
  if (name === 'span') return { kind: 'span', value: idOf(value, 16, valueFrom) };
  if (name.startsWith('attr.') && name.length > 5) return { kind: 'attribute', key: name.slice(5), value };
  throw new QueryError(at + 1, `there is no field ${name}: service, level, trace, span, attr.<key>; put a text that holds "${operator}" in quotes`);
}

function levelsOf(operator: string, value: string, at: number): readonly Level[] {
  const index = levels.findIndex((level) => level === value.toLowerCase());
  if (index === -1) throw new QueryError(at + 1, `${JSON.stringify(value)} is no level: ${levels.join(', ')}`);
  switch (operator) {
    case '>=': return levels.slice(index);
    case '>': return levels.slice(index + 1);
    case '<=': return levels.slice(0, index + 1);
    case '<': return levels.slice(0, index);
    default: return levels.slice(index, index + 1);
  }
}

function idOf(value: string, digits: number, at: number): string {
  if (!new RegExp(`^[0-9a-f]{${digits}}$`, 'i').test(value)) throw new QueryError(at + 1, `it is no id of ${digits} hexadecimal digits`);
  return value.toLowerCase();
}

/** A word up to the next space, or what stands between quotes; there `\"` is a quote and `\\` a backslash. */
function valueAt(query: string, from: number): { readonly value: string; readonly end: number } {
  if (query[from] !== '"') {
    let end = from;
    while (end < query.length && !isSpace(query[end])) end += 1;
    if (end === from) throw new QueryError(from + 1, 'a value is missing here');
    return { value: query.slice(from, end), end };
  }
  let value = '';
  for (let at = from + 1; at < query.length; at += 1) {
    const one = query[at] ?? '';
    if (one === '"') {
      if (value === '') throw new QueryError(from + 1, 'the quotes hold nothing');
      if (at + 1 < query.length && !isSpace(query[at + 1])) throw new QueryError(at + 2, 'a space is missing after the quotes');
      return { value, end: at + 1 };
    }
    if (one === '\\' && /["\\]/.test(query[at + 1] ?? '')) at += 1;
    value += query[at] ?? '';
  }
  throw new QueryError(from + 1, 'the quotes that begin here do not end');
}

function skip(query: string, from: number): number {
  let at = from;
  while (at < query.length && isSpace(query[at])) at += 1;
  return at;
}
const isSpace = (one: string | undefined): boolean => one === ' ' || one === '\t' || one === '\n' || one === '\r';
