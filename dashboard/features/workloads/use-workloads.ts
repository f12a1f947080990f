'use client';
import { useQuery } from '@tanstack/react-query';
import { listWorkloads } from '../../api/monitoring.ts';

/** How often the workloads are asked for while the page is looked at. */
export const workloadsEveryMs = 3000;

export function useWorkloads() {
  return useQuery({
    queryKey: ['workloads'],
    queryFn: ({ signal }) => listWorkloads(signal),
    select: ({ workloads }) => workloads,
    refetchInterval: workloadsEveryMs,
  });
}
