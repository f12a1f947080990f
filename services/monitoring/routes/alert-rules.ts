import { randomUUID } from 'node:crypto';
import { stringify } from 'yaml';
import { audit } from '../../kit/adapters/audit.ts';
import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import { lockHistory, writeHistory } from '../adapters/alert-history.ts';
import { MOST_RULES, readRules, removeRule, saveRule, type KeptRule } from '../adapters/rules-table.ts';
import type { AlertRule } from '../domain/alert-rule.ts';
import { readRule } from '../domain/alert-readings.ts';
import { exprOf, prometheusAlert } from '../domain/promql.ts';
import { summaryOf, wishOf, type RuleWish } from '../domain/rule-wish.ts';
import { whoOf, type AlertMeans } from './alert-means.ts';

/** GET /v1/alert-rules */
export function alertRules({ database, alerting, watched }: AlertMeans) {
  return async (): Promise<Answer> => {
    const [model, people] = [await alerting.ofModel(alerting.now()), await readRules(database)];
    return { status: 200, body: { workloads: watched, rules: [...people.filter(({ rule }) => rule.origin === 'person').map(viewOf), ...model.map((rule) => viewOf({ rule }))] } };
  };
}

function viewOf({ rule, by, updatedAt }: Pick<KeptRule, 'rule'> & Partial<KeptRule>) {
  const { burn: _, until: __, ...told } = rule;
  return { ...told, expr: exprOf(rule), by: by ?? null, updatedAt: updatedAt ?? null };
}

/** GET /v1/alert-rules/prometheus: tests are no rules. */
export function prometheusRule({ alerting }: AlertMeans) {
  return async (): Promise<Answer> => {
    const { environment } = alerting;
    const rules = (await alerting.rules(alerting.now())).filter(({ origin }) => origin !== 'test');
    const groups = [...Map.groupBy(rules, ({ workload }) => workload)].map(([workload, some]) => ({ name: workload, rules: some.map((rule) => prometheusAlert(rule, environment)) }));
    return { status: 200, body: { yaml: stringify({ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: `journey-${environment}` }, spec: { groups } }, { lineWidth: 0 }) } };
  };
}

/** POST /v1/alert-rules/preview */
export function previewAlertRule({ alerting, watched }: AlertMeans) {
  return async ({ body }: RouteRequest): Promise<Answer> => {
    const rule = ruleOf(body, 'preview', watched);
    const at = alerting.now();
    const { value, breached, requests } = readRule(rule, await alerting.figures([rule], at));
    return { status: 200, body: { value, breached, requests, expr: exprOf(rule), at } };
  };
}

/** POST /v1/alert-rules */
export function createAlertRule(means: AlertMeans) {
  return async (request: RouteRequest): Promise<Answer> => ({ status: 201, body: await save(means, request, randomUUID(), 'monitoring.createAlertRule') });
}

/** PUT /v1/alert-rules/:id */
export function changeAlertRule(means: AlertMeans) {
  return async (request: RouteRequest): Promise<Answer> => ({ status: 200, body: await save(means, request, request.params['id'] ?? '', 'monitoring.changeAlertRule') });
}

async function save({ database, alerting, watched }: AlertMeans, request: RouteRequest, id: string, action: string) {
  const kept: KeptRule = { rule: ruleOf(request.body, id, watched), by: whoOf(request), updatedAt: alerting.now() };
  const { name } = kept.rule;
  await database.transaction(async (sql) => {
    await sql.query(`select pg_advisory_xact_lock(hashtext('monitoring.alert_rules'))`);
    const all = (await readRules(sql)).filter(({ rule }) => rule.origin === 'person');
    const isNew = action === 'monitoring.createAlertRule';
    if (!isNew && !all.some(({ rule }) => rule.id === id)) throw problem('not_found', 'No person made a rule with this id.', { fix: 'GET /v1/alert-rules lists them; rules of the model are changed in platform/workloads.' });
    if (isNew && all.length >= MOST_RULES) throw problem('conflict', `There are ${MOST_RULES} rules already.`, { fix: 'Remove one that nobody needs.' });
    if (all.some(({ rule }) => rule.name === name && rule.id !== id)) throw problem('conflict', `A rule is called ${name} already.`, { fix: 'Choose another name.' });
    await saveRule(sql, kept);
    await audit(sql, { person: kept.by, action, subject: `alert-rule/${name}`, detail: { ...kept.rule }, traceId: request.traceId });
  });
  return viewOf(kept);
}

/** DELETE /v1/alert-rules/:id */
export function removeAlertRule({ database, alerting }: AlertMeans) {
  return async (request: RouteRequest): Promise<Answer> => {
    const [id, person, at] = [request.params['id'] ?? '', whoOf(request), alerting.now()];
    await database.transaction(async (sql) => {
      await lockHistory(sql);
      const found = (await readRules(sql)).find(({ rule }) => rule.id === id && rule.origin === 'person');
      if (!found || !await removeRule(sql, id)) throw problem('not_found', 'No person made a rule with this id.', { fix: 'GET /v1/alert-rules lists them.' });
      const { name, workload } = found.rule;
      await writeHistory(sql, { at, rule: id, name, workload, change: 'removed', person });
      await audit(sql, { person, action: 'monitoring.removeAlertRule', subject: `alert-rule/${name}`, detail: { id }, traceId: request.traceId });
    });
    return { status: 204 };
  };
}

function ruleOf(body: unknown, id: string, watched: readonly string[]): AlertRule {
  const wish: RuleWish | string = wishOf(body);
  if (typeof wish === 'string') throw problem('invalid_body', wish);
  if (!watched.includes(wish.workload)) throw problem('not_found', `No workload is called ${wish.workload}, or nobody reads its figures.`, { fix: `Choose one of ${watched.join(', ')}.` });
  return { ...wish, id, origin: 'person', summary: summaryOf(wish) };
}
