'use client';
import { useQuery } from '@tanstack/react-query';
import { listAlerts } from '../../api/firing.ts';
import { useLive } from '../live/live-state.ts';
import { alertingKey } from './alerting-key.ts';

/** Alerts that fire, and that nobody has silenced or acknowledged. */
export function useAlertBadge(): number {
  const live = useLive();
  const { data } = useQuery({ queryKey: [alertingKey, 'alerts'], queryFn: ({ signal }) => listAlerts(signal), refetchInterval: live ? 30_000 : 5000 });
  return data?.alerts.filter(({ state, silences, acknowledgements }) => state === 'firing' && silences.length === 0 && acknowledgements.length === 0).length ?? 0;
}
