'use client';
import { useQuery } from '@tanstack/react-query';
import { readOperations } from '../../api/openapi.ts';

/** The gateway's routes change with a release only. */
export function useOperations(enabled = true) {
  return useQuery({ queryKey: ['operations'], queryFn: ({ signal }) => readOperations(signal), staleTime: 300_000, enabled });
}
