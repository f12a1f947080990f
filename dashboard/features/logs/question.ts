import type { KeptLine, Level, LogQuestion } from '../../api/logs.ts';

const minute = 60_000;
/** Lengths in milliseconds; 0: from the beginning. */
export const ranges = { '15m': 15 * minute, '1h': 60 * minute, '24h': 1440 * minute, '7d': 10_080 * minute, all: 0 } as const;
export type Range = keyof typeof ranges;
export const isRange = (text: string | null): text is Range => text !== null && Object.hasOwn(ranges, text);

/** What stands in the address, as a question. A range that ends now begins at a whole ten seconds, so that asking again asks the same. */
export function questionOf(params: { readonly get: (name: string) => string | null }, now: number): LogQuestion {
  const [from, to] = [timeIn(params.get('from')), timeIn(params.get('to'))];
  const query = params.get('q')?.trim().slice(0, 500);
  const asked = params.get('range');
  const length = ranges[isRange(asked) ? asked : '1h'];
  return {
    query: query === '' ? undefined : query,
    from: from ?? (length === 0 ? undefined : Math.floor((now - length) / 10_000) * 10_000), to,
  };
}

/** The part of the address that is the question: which line is open is not. */
export function askedIn(params: URLSearchParams): string {
  return String(new URLSearchParams(['q', 'range', 'from', 'to'].flatMap((name) => { const value = params.get(name); return value === null ? [] : [[name, value]]; })));
}

const timeIn = (text: string | null): number | undefined => (text !== null && /^\d{1,13}$/.test(text) ? Number(text) : undefined);

/** The line that is open, when the address names one. */
export function openIn(params: { readonly get: (name: string) => string | null }): number | undefined {
  const text = params.get('line');
  const id = text !== null && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : 0;
  return id > 0 && Number.isSafeInteger(id) ? id : undefined;
}

/**
 * The address of the page with this line open. Its range ends just after the line, so that the line is the newest of it however much
 * was written since: a search answers the newest, and what ends in the open would move on without the line.
 */
export function linkTo({ id, at }: Pick<KeptLine, 'id' | 'at'>): string {
  const to = Math.floor(at) + 1;
  return `/logs?${String(new URLSearchParams({ from: String(to - minute), to: String(to), line: String(id) }))}`;
}

/** The query with this term in it, once. */
export function withTerm(query: string | undefined, term: string): string {
  const terms = (query ?? '').split(' ').filter((one) => one !== '');
  const [field] = term.split(':');
  return [...terms.filter((one) => !one.startsWith(`${field}:`)), term].join(' ');
}

export const levels: readonly Level[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

/** Each line once, newest first as the search sorts them. By time, not by id: ids are counted as lines are written down, and batches of several services come late. */
export function merged(...parts: readonly (readonly KeptLine[])[]): readonly KeptLine[] {
  return [...new Map(parts.flat().map((line) => [line.id, line])).values()].toSorted((a, b) => b.at - a.at || b.id - a.id);
}
