'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { readEdges, readFigures, type By } from '../../api/metrics.ts';
import { spanOf, type Range } from './range.ts';

/** How often figures up to now are asked for again. */
export const figuresEveryMs = 3000;

/** The same of this range: a stretch that has passed stays as it is, and is not asked for again. */
export const everyMsOf = (range: Range): number | false => range.kind === 'last' && figuresEveryMs;

/** Requests, errors and durations of the whole range. */
export function useFigures(by: By, range: Range, service?: string) {
  return useQuery({
    queryKey: ['figures', by, range, service],
    queryFn: ({ signal }) => {
      const span = spanOf(range, Date.now());
      // One value of the series is enough: only the totals are shown.
      return readFigures({ by, service, ...span, step: Math.min(86_400, Math.ceil((span.to - span.from) / 1000)) }, signal);
    },
    refetchInterval: everyMsOf(range), placeholderData: keepPreviousData,
  });
}

export function useEdges(range: Range) {
  return useQuery({
    queryKey: ['edges', range], queryFn: ({ signal }) => readEdges(spanOf(range, Date.now()), signal),
    refetchInterval: everyMsOf(range), placeholderData: keepPreviousData,
  });
}
