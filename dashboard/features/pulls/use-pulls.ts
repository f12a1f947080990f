'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { approvePull, closePull, listPulls, mergePull, readPull } from '../../api/pulls.ts';
import type { Pull, PullPage } from '../../api/delivery.ts';
import { requestsKey } from '../change/use-request.ts';

const everyMs = 3000;
const pullsKey = ['pulls'];
const pullKey = (number: number) => ['pull', number];

export function usePulls() {
  return useQuery({ queryKey: pullsKey, queryFn: ({ signal }) => listPulls(signal), refetchInterval: everyMs });
}

/** One pull request with its diff; asked for again while somebody may still decide about it. */
export function usePull(number: number) {
  return useQuery({
    queryKey: pullKey(number),
    queryFn: ({ signal }) => readPull(String(number), signal),
    refetchInterval: ({ state }) => (state.data?.pull.state === 'open' ? everyMs : false),
  });
}

export type Decision = { readonly act: 'approve' | 'merge'; readonly commit: string } | { readonly act: 'close'; readonly reason: string };

export function useDecision(number: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (decision: Decision): Promise<Pull> => {
      if (decision.act === 'close') return closePull(number, decision.reason);
      return decision.act === 'approve' ? approvePull(number, decision.commit) : mergePull(number, decision.commit);
    },
    onSuccess: (pull) => queries.setQueryData<PullPage>(pullKey(number), (page) => page && { ...page, pull }),
    onSettled: () => {
      for (const queryKey of [pullKey(number), pullsKey, requestsKey]) void queries.invalidateQueries({ queryKey });
    },
  });
}
