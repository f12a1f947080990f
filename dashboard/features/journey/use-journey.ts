'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { listJourneys, readJourney } from '../../api/gateway.ts';
import { ProblemError } from '../../api/problem.ts';
import { arrivalOf, type Arrival } from './arrival.ts';

const everyMs = 500;

/** Where a journey is kept. `null` there means: sent a moment ago, and nothing of it was reported yet. */
export const journeyKey = (traceId: string) => ['journey', traceId];

/** One journey, asked for again until it has arrived; a trace that nobody has reported yet is awaited, not an error. */
export function useJourney(traceId: string) {
  const [since, setSince] = useState(() => Date.now());
  const [arrival, setArrival] = useState<Arrival>('travelling');
  const seen = useRef(0);
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: journeyKey(traceId),
    queryFn: async ({ signal }) => {
      // Asking for what is not there yet would be an error in the browser's console: the list tells when it is.
      const justSent = queries.getQueryData(journeyKey(traceId)) === null;
      if (justSent && !(await listJourneys(signal)).journeys.some((known) => known.traceId === traceId)) return null;
      return readJourney(traceId, signal).catch(nothingYet);
    },
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

function nothingYet(error: unknown): null {
  if (error instanceof ProblemError && error.problem.status === 404) return null;
  throw error;
}
