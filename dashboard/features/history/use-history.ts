'use client';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { findEntry, listHistory, readDiff } from '../../api/history.ts';
import type { Entry, HistoryQuery } from '../../api/delivery.ts';

const everyMs = 4000;
const page = 50;
export const historyKey = ['history'];

/** What was merged, newest first; `fetchNextPage` reads older parts. */
export function useHistory({ environment, workload }: Pick<HistoryQuery, 'environment' | 'workload'>) {
  useNewest();
  return useInfiniteQuery({
    queryKey: [...historyKey, environment, workload],
    queryFn: ({ signal, pageParam }) => listHistory({ environment, workload, before: pageParam, limit: page }, signal),
    initialPageParam: firstPage,
    getNextPageParam: ({ next }) => next,
    // A reader of old parts has every part read again, so only when main has moved.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : everyMs),
  });
}
const firstPage: string | undefined = undefined;

/** Looks at the tip of main alone; when it has moved, everything of the history is read again. */
function useNewest(): void {
  const queries = useQueryClient();
  const { data: tip } = useQuery({ queryKey: ['tip'], queryFn: ({ signal }) => listHistory({ limit: 1 }, signal), select: ({ entries }) => entries[0]?.commit, refetchInterval: everyMs });
  const known = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (known.current !== undefined && tip !== known.current) void queries.invalidateQueries({ queryKey: historyKey });
    known.current = tip;
  }, [queries, tip]);
}

/** The newest few commits of main. */
export function useLatestCommits() {
  return useQuery({ queryKey: [...historyKey, 'latest'], queryFn: ({ signal }) => listHistory({ limit: 5 }, signal), select: ({ entries }) => entries });
}

/** One commit of main, however old it is; null where main does not hold it. @param shown what is known of it already: then nothing is asked, also once it is shown no longer */
export function useEntry(commit: string, shown: Entry | undefined) {
  return useQuery({ queryKey: ['entry', commit], queryFn: ({ signal }) => findEntry(commit, signal), staleTime: ({ state }) => (state.data ? Number.POSITIVE_INFINITY : 0), ...(shown && { initialData: shown }) });
}

/** The semantic diff between two commits: it never changes. */
export function useDiff(from: string | undefined, to: string | undefined) {
  return useQuery({
    queryKey: ['diff', from, to],
    queryFn: ({ signal }) => readDiff(from ?? '', to ?? '', undefined, signal),
    enabled: from !== undefined && to !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
