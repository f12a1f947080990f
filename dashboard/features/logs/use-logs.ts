'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { countLogs, facetLogs, searchLogs, type LogQuestion } from '../../api/logs.ts';

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

export function useLogCounts(question: LogQuestion) {
  const histogram = useQuery({ queryKey: ['log-counts', question], queryFn: ({ signal }) => countLogs(question, signal), placeholderData: (before) => before });
  const facets = useQuery({ queryKey: ['log-facets', question], queryFn: ({ signal }) => facetLogs(question, signal), placeholderData: (before) => before });
  return { histogram: histogram.data, facets: facets.data };
}
