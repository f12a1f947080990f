'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { countLogs, facetLogs, readContext, searchLogs, type LogQuestion } from '../../api/logs.ts';
import { questionOf } from './question.ts';

/** The counts of a range that ends now move on with the clock; while nothing answers somebody waits for it. */
const everyMs = { moving: 10_000, lost: 3000 } as const;

/** Lines of a question, page by page; asked once: what comes later is followed (use-tail.ts). */
export function useLogs(question: LogQuestion) {
  return useInfiniteQuery({
    queryKey: ['logs', question],
    queryFn: ({ pageParam, signal }) => searchLogs(question, pageParam, signal),
    initialPageParam: firstPage(),
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: (before) => before,
  });
}
const firstPage = (): number | undefined => undefined;

/** @param asked the part of the address that is the question: each time anew it becomes one, which ends then */
export function useLogCounts(asked: string) {
  const now = () => questionOf(new URLSearchParams(asked), Date.now());
  const refetchInterval = ({ state: { error } }: { readonly state: { readonly error: Error | null } }) => (error ? everyMs.lost : now().to === undefined ? everyMs.moving : false);
  const histogram = useQuery({ queryKey: ['log-counts', asked], queryFn: ({ signal }) => countLogs(now(), signal), placeholderData: (before) => before, refetchInterval });
  const facets = useQuery({ queryKey: ['log-facets', asked], queryFn: ({ signal }) => facetLogs(now(), signal), placeholderData: (before) => before, refetchInterval });
  const again = () => {
    void histogram.refetch();
    void facets.refetch();
  };
  return { histogram: histogram.data, facets: facets.data, error: histogram.error ?? facets.error, again };
}

/** A line with what was written around it; nothing is asked without an id. */
export function useLineContext(id: number | undefined) {
  return useQuery({ queryKey: ['log-context', id], queryFn: ({ signal }) => readContext(id ?? 0, signal), enabled: id !== undefined });
}
