'use client';
import { useQuery } from '@tanstack/react-query';
import { listJourneys } from '../../api/monitoring.ts';

const everyMs = 3000;

/** The newest 50 of all. */
export function useJourneys() {
  return useQuery({ queryKey: ['journeys'], queryFn: ({ signal }) => listJourneys({}, signal), select: ({ journeys }) => journeys, refetchInterval: everyMs });
}
