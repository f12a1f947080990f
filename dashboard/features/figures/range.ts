import type { Span } from '../../api/metrics.ts';

/** Up to now, or a stretch that stays. */
export type Range = { readonly kind: 'last'; readonly name: string; readonly seconds: number } | { readonly kind: 'fixed' } & Span;

/** What can be chosen; the finest figures are kept for ten minutes, the coarsest for the longest. */
export const lasts = [
  { kind: 'last', name: '5m', seconds: 300 }, { kind: 'last', name: '10m', seconds: 600 }, { kind: 'last', name: '1h', seconds: 3600 },
  { kind: 'last', name: '6h', seconds: 21_600 }, { kind: 'last', name: '1d', seconds: 86_400 }, { kind: 'last', name: '7d', seconds: 604_800 },
] as const satisfies readonly Range[];

/** From the address. What cannot be read means the first choice. */
export function rangeIn(params: Pick<URLSearchParams, 'get'>): Range {
  const [from, to] = [timeIn(params.get('from')), timeIn(params.get('to'))];
  if (from !== undefined && to !== undefined && to - from >= 1000) return { kind: 'fixed', from, to };
  return lasts.find(({ name }) => name === params.get('range')) ?? lasts[0];
}

/** Ends with the last whole second. */
export function spanOf(range: Range, now: number): Span {
  if (range.kind === 'fixed') return { from: range.from, to: range.to };
  const to = Math.floor(now / 1000) * 1000;
  return { from: to - range.seconds * 1000, to };
}

function timeIn(text: string | null): number | undefined {
  return text !== null && /^\d{1,13}$/.test(text) ? Number(text) : undefined;
}
