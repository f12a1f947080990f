'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { beginFault, endFault } from '../../api/faults.ts';
import type { FaultWish } from '../../api/monitoring.ts';
import { faultsKey } from './use-faults.ts';

export function useBeginFault() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: (wish: FaultWish) => beginFault(wish), onSuccess: () => queries.invalidateQueries({ queryKey: faultsKey }) });
}

export function useEndFault() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: (id: string) => endFault(id), onSettled: () => queries.invalidateQueries({ queryKey: faultsKey }) });
}
