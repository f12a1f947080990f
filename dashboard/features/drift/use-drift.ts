'use client';
import { useQuery } from '@tanstack/react-query';
import { listDrift } from '../../api/fleet.ts';

const everyMs = 2000;
export const driftKey = ['drift'];

export function useDrift() {
  return useQuery({ queryKey: driftKey, queryFn: ({ signal }) => listDrift(signal), refetchInterval: everyMs });
}
