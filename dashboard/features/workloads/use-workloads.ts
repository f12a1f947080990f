'use client';
import { useQuery } from '@tanstack/react-query';
import { listWorkloads } from '../../api/monitoring.ts';
import { useLive } from '../live/live-state.ts';

export const workloadsKey = ['workloads'];

/** How often the workloads are asked for while the stream does not tell them. */
export const workloadsEveryMs = 3000;

export function useWorkloads() {
  const live = useLive();
  return useQuery({
    queryKey: workloadsKey,
    queryFn: ({ signal }) => listWorkloads(signal),
    select: ({ workloads }) => workloads,
    refetchInterval: live ? false : workloadsEveryMs,
  });
}
