import { acknowledgeAlert, alertHistory, alerts, fireTestAlert } from './alerts.ts';
import { alertRules, changeAlertRule, createAlertRule, previewAlertRule, prometheusRule, removeAlertRule } from './alert-rules.ts';
import { amAlerts, amDeleteSilence, amGroups, amPostSilence, amPushAlerts, amReceivers, amSilence, amSilences, amStatus } from './alertmanager.ts';
import type { AlertMeans } from './alert-means.ts';
import { createSilence, endSilence, silences } from './silences.ts';

/** Everything about alerts. */
export const alertRouteHandlers = (means: AlertMeans, revision: string) => ({
  alerts: alerts(means), alertHistory: alertHistory(means), fireTestAlert: fireTestAlert(means), acknowledgeAlert: acknowledgeAlert(means),
  alertRules: alertRules(means), prometheusRule: prometheusRule(means), previewAlertRule: previewAlertRule(means),
  createAlertRule: createAlertRule(means), changeAlertRule: changeAlertRule(means), removeAlertRule: removeAlertRule(means),
  silences: silences(means), createSilence: createSilence(means), endSilence: endSilence(means),
  amStatus: amStatus(revision), amReceivers, amAlerts: amAlerts(means), amPushAlerts, amGroups: amGroups(means),
  amSilences: amSilences(means), amPostSilence: amPostSilence(means), amSilence: amSilence(means), amDeleteSilence: amDeleteSilence(means),
});
