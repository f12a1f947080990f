'use client';
import { useQuery } from '@tanstack/react-query';
import { listRequests, readRequest, type RequestsWanted } from '../../api/requests.ts';
import type { ChangeRequest } from '../../api/delivery.ts';
import { hasEnded, isMoving } from './course.ts';

const everyMs = { moving: 700, waiting: 3000 } as const;
export const requestsKey = ['requests'];

/** One change, asked for again until it has ended. @param first what is known of it already */
export function useRequest(first: ChangeRequest | undefined) {
  return useQuery({
    queryKey: ['request', first?.id],
    queryFn: ({ signal }) => readRequest(first?.id ?? '', signal),
    enabled: first !== undefined,
    ...(first && { initialData: first, initialDataUpdatedAt: 0 }),
    refetchInterval: ({ state: { data } }) => (!data || hasEnded(data.status) ? false : isMoving(data.status) ? everyMs.moving : everyMs.waiting),
  });
}

/** The newest 50 requests of all kinds. */
export function useRequests() {
  return useQuery({
    queryKey: requestsKey,
    queryFn: ({ signal }) => listRequests({}, signal),
    select: ({ deployments }) => deployments,
    refetchInterval: everyMs.waiting,
  });
}

/** The request of this id, else the newest of a journey or a pull request, however long ago it was asked for; then followed until it has ended. */
export function useRequestOf(wanted: RequestsWanted, id?: string): ChangeRequest | undefined {
  const find = async (signal: AbortSignal) => (id === undefined ? (await listRequests(wanted, signal)).deployments[0] ?? null : readRequest(id, signal));
  const found = useQuery({ queryKey: [...requestsKey, id ?? wanted], queryFn: ({ signal }) => find(signal) }).data ?? undefined;
  return useRequest(found).data ?? found;
}
