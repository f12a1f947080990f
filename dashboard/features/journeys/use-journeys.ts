'use client';
import { useQuery } from '@tanstack/react-query';
import { listJourneys } from '../../api/monitoring.ts';

const everyMs = 3000;

/** @param traffic `other`: without demo traffic */
export function useJourneys(traffic?: 'other') {
  return useQuery({ queryKey: ['journeys', traffic], queryFn: ({ signal }) => listJourneys(traffic, signal), select: ({ journeys }) => journeys, refetchInterval: everyMs });
}
