'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { readJourney } from '../../api/gateway.ts';
import { ProblemError } from '../../api/problem.ts';
import { arrivalOf, type Arrival } from './arrival.ts';

const everyMs = 500;

/** One journey, asked for again until it has arrived; a trace that nobody has reported yet is awaited, not an error. */
export function useJourney(traceId: string) {
  const [since, setSince] = useState(() => Date.now());
  const [arrival, setArrival] = useState<Arrival>('travelling');
  const seen = useRef(0);
  const query = useQuery({
    queryKey: ['journey', traceId],
    queryFn: ({ signal }) => readJourney(traceId, signal).catch((error: unknown) => {
      if (error instanceof ProblemError && error.problem.status === 404) return null;
      throw error;
    }),
    refetchInterval: arrival === 'travelling' ? everyMs : false,
  });
  const { data, dataUpdatedAt, errorUpdatedAt } = query;
  useEffect(() => {
    const hops = data?.hops.length ?? 0;
    const news = hops !== seen.current;
    seen.current = hops;
    if (news) setSince(Date.now());
    setArrival(arrivalOf(data ?? undefined, news ? 0 : Date.now() - since));
  }, [data, dataUpdatedAt, errorUpdatedAt, since]);
  const again = () => {
    setSince(Date.now());
    setArrival('travelling');
  };
  return { journey: data ?? undefined, error: query.error, arrival, again };
}
