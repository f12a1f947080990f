import { randomUUID } from 'node:crypto';
import { audit } from '../../kit/adapters/audit.ts';
import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import { lockHistory, readHistory, writeHistory } from '../adapters/alert-history.ts';
import { newestMessages, type MessageState } from '../adapters/alert-messages.ts';
import { groupKeyOf } from '../adapters/evaluator.ts';
import { readRules, saveRule } from '../adapters/rules-table.ts';
import { saveSilence } from '../adapters/silences-table.ts';
import type { JudgedAlert } from '../domain/alert.ts';
import type { AlertRule } from '../domain/alert-rule.ts';
import { recordOf } from '../domain/otlp.ts';
import type { Silence } from '../domain/silence.ts';
import { judged, whoOf, type AlertMeans } from './alert-means.ts';

const SHOWN_MS = 3_600_000;
const MOST_TESTS = 5;

/** GET /v1/alerts */
export function alerts({ database, alerting }: AlertMeans) {
  return async (): Promise<Answer> => {
    const now = alerting.now();
    const { alerts, silences } = await judged(database, now);
    const [notes, messages] = [new Map(silences.map((one) => [one.id, one])), new Map((await newestMessages(database)).map((one) => [one.groupKey, one]))];
    const shown = alerts.filter(({ phase, resolvedAt }) => phase !== 'inactive' || now - (resolvedAt ?? 0) < SHOWN_MS);
    return { status: 200, body: { evaluatedAt: Math.max(alerting.evaluatedAt, ...alerts.map(({ seenAt }) => seenAt)), alerts: shown.map((alert) => viewOf(alert, notes, messages.get(groupKeyOf(alert)))) } };
  };
}

function viewOf(alert: JudgedAlert, notes: ReadonlyMap<string, Silence>, message: MessageState | undefined) {
  const { rule, fingerprint, phase, activeAt, firedAt, resolvedAt, seenAt, value, labels, annotations, inhibitedBy } = alert;
  const said = (ids: readonly string[]) => ids.flatMap((id) => notes.get(id) ?? []).map(noteOf);
  return {
    rule, fingerprint, name: labels['alertname'] ?? '', workload: labels['workload'] ?? '', severity: labels['severity'] ?? 'ticket', test: labels['test'] === 'true',
    state: phase === 'inactive' ? 'resolved' : phase, activeAt, firedAt, resolvedAt, seenAt, value, summary: annotations['summary'] ?? '', labels,
    silences: said(alert.silencedBy), acknowledgements: said(alert.acknowledgedBy), inhibitedBy,
    ...(message ? { told: { madeAt: message.madeAt, sentAt: message.sentAt, tries: message.tries, error: message.error } } : {}),
  };
}
const noteOf = ({ id, by, endsAt, reason }: Silence) => ({ id, by, until: endsAt, reason });

/** GET /v1/alerts/history */
export function alertHistory({ database }: AlertMeans) {
  return async ({ query: { limit, before, rule } }: RouteRequest): Promise<Answer> => ({
    status: 200,
    body: { entries: await readHistory(database, { limit: typeof limit === 'number' ? limit : 50, before: typeof before === 'number' ? before : undefined, rule: typeof rule === 'string' ? rule : undefined }) },
  });
}

/** POST /v1/alerts/test: a rule that is a breach until its time is over; all the rest is as for any other. */
export function fireTestAlert({ database, alerting }: AlertMeans) {
  return async (request: RouteRequest): Promise<Answer> => {
    const { reason, seconds } = recordOf(request.body);
    const [now, by] = [alerting.now(), whoOf(request)];
    const until = now + (typeof seconds === 'number' ? seconds : 60) * 1000;
    const rule: AlertRule = {
      id: randomUUID(), name: 'TestAlert', origin: 'test', what: 'test', workload: 'monitoring', comparison: 'above', threshold: 0, windowSeconds: 0, forSeconds: 0, keepFiringSeconds: 0,
      severity: 'ticket', summary: `A test that ${by} fired: ${String(reason)}`, until,
    };
    await database.transaction(async (sql) => {
      const running = (await readRules(sql)).filter((one) => one.rule.origin === 'test' && (one.rule.until ?? 0) > now);
      if (running.length >= MOST_TESTS) throw problem('conflict', `${MOST_TESTS} tests fire already.`, { fix: 'Wait until one of them is over.' });
      await sql.query(`delete from alert_rules where body ->> 'origin' = 'test' and (body ->> 'until')::bigint < $1`, [now - SHOWN_MS]);
      await saveRule(sql, { rule, by, updatedAt: now });
      await audit(sql, { person: by, action: 'monitoring.fireTestAlert', subject: `alert/${rule.id}`, detail: { reason, until }, traceId: request.traceId });
    });
    return { status: 201, body: { rule: rule.id, until } };
  };
}

/** POST /v1/alerts/:fingerprint/acknowledgement */
export function acknowledgeAlert({ database, alerting }: AlertMeans) {
  return async (request: RouteRequest): Promise<Answer> => {
    const fingerprint = request.params['fingerprint'] ?? '';
    const [now, by, reason] = [alerting.now(), whoOf(request), String(recordOf(request.body)['reason'])];
    const silence = await database.transaction(async (sql) => {
      await lockHistory(sql);
      const alert = (await judged(sql, now)).alerts.find((one) => one.fingerprint === fingerprint);
      if (alert?.phase !== 'firing') throw problem(alert ? 'conflict' : 'not_found', 'No such alert fires now.', { fix: 'GET /v1/alerts lists those that do.' });
      if (alert.acknowledgedBy.length > 0) throw problem('conflict', 'It is acknowledged already.', { fix: 'GET /v1/alerts says by whom.' });
      const name = alert.labels['alertname'] ?? '';
      const one: Silence = {
        id: randomUUID(), kind: 'acknowledgement', startsAt: now, endsAt: null, by, reason, updatedAt: now,
        matchers: [{ name: 'rule', value: alert.rule, isRegex: false, isEqual: true }],
      };
      await saveSilence(sql, one, fingerprint);
      await writeHistory(sql, { at: now, rule: alert.rule, name, workload: alert.labels['workload'] ?? '', change: 'acknowledged', value: alert.value, person: by, reason });
      await audit(sql, { person: by, action: 'monitoring.acknowledgeAlert', subject: `alert/${name}`, detail: { id: one.id, fingerprint, reason }, traceId: request.traceId });
      return one;
    });
    return { status: 201, body: noteOf(silence) };
  };
}
