'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { acknowledgeAlert, endSilence, fireTestAlert, listAlertHistory, listAlertRules, listAlerts, listSilences, previewAlertRule, removeAlertRule, saveAlertRule, silenceAlert } from '../../api/alerts.ts';

const all = 'alerting';
const everyMs = 2000;

export const useAlerts = () => useQuery({ queryKey: [all, 'alerts'], queryFn: ({ signal }) => listAlerts(signal), refetchInterval: everyMs });
export const useAlertRules = () => useQuery({ queryKey: [all, 'rules'], queryFn: ({ signal }) => listAlertRules(signal), refetchInterval: 10_000 });
export const useSilences = () => useQuery({ queryKey: [all, 'silences'], queryFn: ({ signal }) => listSilences(signal), refetchInterval: 4000 });
export const useAlertHistory = () => useQuery({ queryKey: [all, 'history'], queryFn: ({ signal }) => listAlertHistory(signal), refetchInterval: 4000 });

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
