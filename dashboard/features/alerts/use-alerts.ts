'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { listAlerts } from '../../api/firing.ts';
import { useLive } from '../live/live-state.ts';
import { alertingKey } from './alerting-key.ts';
import { acknowledgeAlert, endSilence, fireTestAlert, listAlertHistory, listAlertRules, listSilences, previewAlertRule, removeAlertRule, saveAlertRule, silenceAlert } from '../../api/alerts.ts';

const all = alertingKey;
/** Values move between two events of the stream, too. */
export const alertsEveryMs = (live: boolean) => (live ? 5000 : 2000);

export function useAlerts() {
  const live = useLive();
  return useQuery({ queryKey: [all, 'alerts'], queryFn: ({ signal }) => listAlerts(signal), refetchInterval: alertsEveryMs(live) });
}
export const useAlertRules = () => useQuery({ queryKey: [all, 'rules'], queryFn: ({ signal }) => listAlertRules(signal), refetchInterval: 10_000 });
export function useSilences() {
  const live = useLive();
  return useQuery({ queryKey: [all, 'silences'], queryFn: ({ signal }) => listSilences(signal), refetchInterval: live ? 30_000 : 4000 });
}
export function useAlertHistory() {
  const live = useLive();
  return useQuery({ queryKey: [all, 'history'], queryFn: ({ signal }) => listAlertHistory(signal), refetchInterval: live ? 30_000 : 4000 });
}

export const useAcknowledge = () => useChange(acknowledgeAlert);
export const useSilence = () => useChange(silenceAlert);
export const useEndSilence = () => useChange(endSilence);
export const useFireTest = () => useChange(fireTestAlert);
export const useSaveRule = () => useChange(saveAlertRule);
export const useRemoveRule = () => useChange(removeAlertRule);
export const usePreview = () => useMutation({ mutationFn: previewAlertRule });

/** Whatever changes something is seen in every part of the page. */
function useChange<In, Out>(change: (wish: In) => Promise<Out>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => queries.invalidateQueries({ queryKey: [all] }) });
}
