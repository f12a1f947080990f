'use client';
import { useQuery } from '@tanstack/react-query';
import { listRequests, readRequest } from '../../api/requests.ts';
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
    queryFn: ({ signal }) => listRequests(signal),
    select: ({ deployments }) => deployments,
    refetchInterval: everyMs.waiting,
  });
}

/** The request that a page is about, found among the newest; then followed until it has ended. */
export function useRequestWhere(matches: (request: ChangeRequest) => boolean): ChangeRequest | undefined {
  const { data: requests } = useQuery({ queryKey: requestsKey, queryFn: ({ signal }) => listRequests(signal), select: ({ deployments }) => deployments });
  const found = requests?.find(matches);
  return useRequest(found).data ?? found;
}
