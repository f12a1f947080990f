import { alertRuleRoutes } from '../../services/monitoring/contract/alert-rules.ts';
import { alertActRoutes } from '../../services/monitoring/contract/alert-acts.ts';
import { alertRoutes } from '../../services/monitoring/contract/alerts.ts';
import { silenceRoutes } from '../../services/monitoring/contract/silences.ts';
import { ask, type AnswerOf } from './ask.ts';

const routes = { ...alertRoutes, ...alertActRoutes, ...alertRuleRoutes, ...silenceRoutes };
export type AlertList = AnswerOf<typeof routes.alerts>;
export type Alert = AlertList['alerts'][number];
export type AlertRuleList = AnswerOf<typeof routes.alertRules>;
export type AlertRule = AlertRuleList['rules'][number];
export type RulePreview = AnswerOf<typeof routes.previewAlertRule>;
export type AlertHistory = AnswerOf<typeof routes.alertHistory>;
export type AlertChange = AlertHistory['entries'][number];
export type SilenceList = AnswerOf<typeof routes.silences>;
export type Silence = SilenceList['silences'][number];
export interface RuleWish {
  readonly name: string; readonly what: 'errorShare' | 'p99' | 'requestRate' | 'absent'; readonly workload: string; readonly route?: string; readonly comparison: 'above' | 'below'; readonly threshold: number;
  readonly windowSeconds: number; readonly forSeconds: number; readonly keepFiringSeconds: number; readonly severity: 'page' | 'ticket';
}

export const listAlertRules = (signal: AbortSignal) => ask(routes.alertRules, { signal });
export const listAlertHistory = (signal: AbortSignal) => ask(routes.alertHistory, { query: { limit: 50 }, signal });
export const listSilences = (signal: AbortSignal) => ask(routes.silences, { signal });
export const previewAlertRule = (body: RuleWish) => ask(routes.previewAlertRule, { body });
export const saveAlertRule = ({ id, wish }: { readonly id: string | null; readonly wish: RuleWish }) => (id === null ? ask(routes.createAlertRule, { body: wish }) : ask(routes.changeAlertRule, { params: { id }, body: wish }));
export const removeAlertRule = (id: string) => ask(routes.removeAlertRule, { params: { id } });
export const fireTestAlert = (reason: string) => ask(routes.fireTestAlert, { body: { reason } });
export const acknowledgeAlert = ({ fingerprint, reason }: { readonly fingerprint: string; readonly reason: string }) => ask(routes.acknowledgeAlert, { params: { fingerprint }, body: { reason } });
/** One alert by the rule that makes it, for a while. */
export const silenceAlert = ({ rule, seconds, reason }: { readonly rule: string; readonly seconds: number; readonly reason: string }) =>
  ask(routes.createSilence, { body: { matchers: [{ name: 'rule', value: rule, isRegex: false, isEqual: true }], seconds, reason } });
export const endSilence = (id: string) => ask(routes.endSilence, { params: { id } });
