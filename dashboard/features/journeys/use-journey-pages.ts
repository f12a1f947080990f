'use client';
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { listJourneys } from '../../api/monitoring.ts';
import { everyMsOf, questionOf, type Wanted } from './wanted.ts';

/** Those that fit, newest first; `fetchNextPage` reads older ones, and while they are shown nothing moves. */
export function useJourneyPages(wanted: Wanted) {
  const queries = useQueryClient();
  const queryKey = ['journey-pages', wanted];
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => listJourneys({ ...questionOf(wanted, Date.now()), before: pageParam }, signal),
    initialPageParam: firstPage,
    getNextPageParam: ({ next }) => next ?? undefined,
    // Who reads older ones would lose the place; and all pages would be asked for again each time.
    refetchInterval: ({ state }) => (state.data?.pages.length ?? 0) <= 1 && everyMsOf(wanted),
    placeholderData: keepPreviousData,
  });
  const { data, refetch } = query;
  const journeys = useMemo(() => data?.pages.flatMap((page) => page.journeys), [data]);
  const toNewest = () => {
    queries.setQueryData<typeof data>(queryKey, (known) => known && { pages: known.pages.slice(0, 1), pageParams: known.pageParams.slice(0, 1) });
    void refetch();
  };
  return { ...query, journeys, source: data?.pages[0]?.source, still: (data?.pages.length ?? 0) > 1, toNewest };
}
const firstPage: string | undefined = undefined;
