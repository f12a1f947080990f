import type { Alert, Labels } from './alert.ts';
import { labelsOf, type AlertRule } from './alert-rule.ts';
import type { Reading } from './alert-readings.ts';
import { calm, step, type Change } from './alert-state.ts';

export interface Seen { readonly rule: AlertRule; readonly reading: Reading }
export interface Moved { readonly alert: Alert; readonly change: Change }
export interface Round {
  readonly alerts: readonly Alert[];
  readonly moved: readonly Moved[];
  /** Rules that are no more, and whose end was told long ago. */
  readonly gone: readonly string[];
}
interface Around { readonly environment: string; readonly fingerprintOf: (labels: Labels) => string; readonly now: number }
const GONE_MS = 3_600_000;

/** One look at all rules: what each alert is now, and what changed. An alert whose rule was removed is over. */
export function roundOf(seen: readonly Seen[], before: readonly Alert[], around: Around): Round {
  const known = new Map(before.map((alert) => [alert.rule, alert]));
  const ruled = new Set(seen.map(({ rule }) => rule.id));
  const results = [
    ...seen.map(({ rule, reading }) => look(rule, reading, known.get(rule.id), around)),
    ...before.filter(({ rule }) => !ruled.has(rule)).map((alert) => orphan(alert, around.now)),
  ];
  return {
    alerts: results.map(({ alert }) => alert),
    moved: results.flatMap(({ alert, change }) => (change === undefined ? [] : [{ alert, change }])),
    gone: before.filter(({ rule, phase, resolvedAt }) => !ruled.has(rule) && phase === 'inactive' && around.now - (resolvedAt ?? 0) > GONE_MS).map(({ rule }) => rule),
  };
}

function look(rule: AlertRule, reading: Reading, before: Alert | undefined, { environment, fingerprintOf, now }: Around): { readonly alert: Alert; readonly change?: Change } {
  const { state, change } = step(before ?? calm, reading.breached, now, rule);
  // What fires keeps the name under which it was told, should somebody change its rule meanwhile.
  const keeps = before?.phase === 'firing';
  const labels = keeps ? before.labels : labelsOf(rule, environment);
  const annotations = keeps ? before.annotations : { summary: rule.summary };
  const { phase, activeAt, firedAt, breachedAt, resolvedAt } = state;
  const alert: Alert = { rule: rule.id, fingerprint: keeps ? before.fingerprint : fingerprintOf(labels), seenAt: now, value: reading.value, labels, annotations, phase, activeAt, firedAt, breachedAt, resolvedAt };
  return change === undefined ? { alert } : { alert, change };
}

function orphan(alert: Alert, now: number): { readonly alert: Alert; readonly change?: Change } {
  if (alert.phase === 'inactive') return { alert };
  const { state, change } = step(alert, false, now, { forSeconds: 0, keepFiringSeconds: 0 });
  return { alert: { ...alert, ...state, seenAt: now }, ...(change === undefined ? {} : { change }) };
}
