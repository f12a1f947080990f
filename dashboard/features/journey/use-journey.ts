'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { followJourney, withNews } from '../../api/live-journey.ts';
import { readJourney } from '../../api/journey.ts';
import type { Journey } from '../../api/monitoring.ts';
import { ProblemError } from '../../api/problem.ts';
import { sentAs } from '../composer/sent.ts';
import { arrivalOf, type Arrival } from './arrival.ts';

/** Asked for so often while the stream is away. */
export const journeyEveryMs = 1000;
/** And so often when nothing is known of it: it is probably not there, but may come late. */
const quietlyMs = 5000;
/** How often it is looked whether a journey has arrived. */
const lookMs = 250;

export const journeyKey = (traceId: string) => ['journey', traceId];

/**
 * One journey, told while it travels, until it has arrived; a trace that nobody has reported yet is awaited, not an error,
 * also once it is said that nothing is known of it: a late one still appears.
 * `knownAt`: when what is known was last known to be all of it.
 * @param moving the change that it asked for is still being rendered or rolled out: more hops are to come
 */
export function useJourney(traceId: string, moving: boolean) {
  const [arrival, setArrival] = useState<Arrival>('travelling');
  /** Undefined until the stream has been opened, or refused. `at`: when it was last known to be there. */
  const [{ live, at: aliveAt }, setAlive] = useState<{ readonly live: boolean | undefined; readonly at: number }>({ live: undefined, at: 0 });
  const heardAt = useRef(0);
  const queries = useQueryClient();
  const absent = arrival === 'absent';
  const travelling = arrival === 'travelling' || absent;
  const query = useQuery<Journey | null>({
    queryKey: journeyKey(traceId),
    queryFn: ({ signal }) => readJourney(traceId, signal).catch(nothingYet),
    // The stream tells everything from the beginning; asked is only while it cannot.
    enabled: live === false,
    refetchInterval: travelling && live === false ? (absent ? quietlyMs : journeyEveryMs) : false,
  });
  const onNews = useCallback((news: Journey) => {
    heardAt.current = Date.now();
    queries.setQueryData<Journey | null>(journeyKey(traceId), (known) => withNews(known ?? undefined, news));
  }, [queries, traceId]);

  const { data } = query;
  // What is shipped elsewhere comes when it comes, also to a journey that has arrived.
  const late = data?.sources !== undefined && (data.sources.hops !== 'own' || data.sources.logs !== 'own');
  const followed = travelling || late;
  useEffect(() => (followed ? followJourney(traceId, { onNews, onLive: (now, at) => setAlive({ live: now, at }) }) : undefined), [traceId, followed, onNews]);
  const away = query.error !== null;
  useEffect(() => { heardAt.current = Date.now(); }, [data, moving]);
  useEffect(() => {
    if (!travelling) return undefined;
    const look = () => {
      // While nothing answers nobody knows whether there is news: the quiet begins when somebody answers again.
      if (away) heardAt.current = Date.now();
      else if (!moving) setArrival(arrivalOf(data ?? undefined, Date.now() - heardAt.current, sentAs(traceId) !== undefined));
    };
    const timer = setInterval(look, lookMs);
    return () => clearInterval(timer);
  }, [data, moving, travelling, traceId, away]);
  // A change that goes on again has more hops to come.
  useEffect(() => { if (moving) setArrival('travelling'); }, [moving]);

  const again = () => {
    heardAt.current = Date.now();
    setArrival('travelling');
  };
  return { journey: data ?? undefined, error: query.error, arrival, again, streamed: live === true, knownAt: Math.max(query.dataUpdatedAt, aliveAt) };
}

function nothingYet(error: unknown): null {
  if (error instanceof ProblemError && error.problem.status === 404) return null;
  throw error;
}
