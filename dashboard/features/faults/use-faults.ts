'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { beginFault, endFault, listFaults } from '../../api/faults.ts';
import type { FaultWish } from '../../api/monitoring.ts';

const faultsKey = ['faults'];
const everyMs = 4000;

/** What is wrong on purpose now; every page shows it, so all share one asking. */
export function useFaults() {
  return useQuery({ queryKey: faultsKey, queryFn: ({ signal }) => listFaults(signal), refetchInterval: everyMs });
}

export function useBeginFault() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: (wish: FaultWish) => beginFault(wish), onSuccess: () => queries.invalidateQueries({ queryKey: faultsKey }) });
}

export function useEndFault() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: (id: string) => endFault(id), onSettled: () => queries.invalidateQueries({ queryKey: faultsKey }) });
}
