'use client';
import { useQuery } from '@tanstack/react-query';
import { listFaults } from '../../api/faults-on.ts';

export const faultsKey = ['faults'];
export const faultsEveryMs = 4000;

/** What is wrong on purpose now; every page shows it, so all share one asking. */
export function useFaults() {
  return useQuery({ queryKey: faultsKey, queryFn: ({ signal }) => listFaults(signal), refetchInterval: faultsEveryMs });
}
