import type { Database, Sql } from '../../kit/adapters/postgres.ts';
import type { Log } from '../../kit/log.ts';
import type { AlertRule } from '../domain/alert-rule.ts';
import { readRule, type AlertReadings } from '../domain/alert-readings.ts';
import { roundOf } from '../domain/alert-round.ts';
import { judge } from '../domain/judge.ts';
import { newGroup, tell } from '../domain/telling.ts';
import { webhookOf } from '../domain/webhook.ts';
import { lockHistory, writeHistory } from './alert-history.ts';
import { keepMessage, messageKey } from './alert-messages.ts';
import { fingerprintOf, forgetAlerts, readAlerts, readGroups, writeAlerts, writeGroup } from './alert-rows.ts';
import { endAcknowledgements, readSilences } from './silences-table.ts';

export interface EvaluatorMeans {
  readonly database: Database;
  readonly log: Log;
  readonly environment: string;
  readonly externalUrl: string;
  readonly rules: (now: number) => Promise<readonly AlertRule[]>;
  readonly figures: (rules: readonly AlertRule[], now: number) => Promise<AlertReadings>;
}

/**
 * One round: read the figures, then change everything in one transaction. Whoever has the lock does it; another replica finds it taken
 * and has nothing to do. @returns false when another one was at it
 */
export async function evaluate({ database, environment, externalUrl, rules, figures }: EvaluatorMeans, now: number): Promise<boolean> {
  const all = await rules(now);
  const readings = await figures(all, now);
  const seen = all.map((rule) => ({ rule, reading: readRule(rule, readings) }));
  return database.transaction(async (sql) => {
    const [lock] = await sql.query<{ mine: boolean }>(`select pg_try_advisory_xact_lock(hashtext('monitoring.alerts')) as mine`);
    if (lock?.mine !== true) return false;
    await lockHistory(sql);
    const round = roundOf(seen, await readAlerts(sql), { environment, fingerprintOf, now });
    await forgetAlerts(sql, round.gone);
    await writeAlerts(sql, round.alerts.filter(({ rule }) => !round.gone.includes(rule)));
    for (const { alert, change } of round.moved) {
      await writeHistory(sql, { at: now, rule: alert.rule, name: alert.labels['alertname'] ?? '', workload: alert.labels['workload'] ?? '', change, value: alert.value });
    }
    await tellAll(sql, externalUrl, now);
    // After telling: an acknowledged alert is told once more, when it is over.
    await endAcknowledgements(sql, round.moved.filter(({ change }) => change === 'resolved').map(({ alert }) => alert.fingerprint), now);
    return true;
  });
}

/** One group per workload. */
async function tellAll(sql: Sql, externalUrl: string, now: number): Promise<void> {
  const alerts = judge(await readAlerts(sql), await readSilences(sql, now), now);
  const groups = new Map((await readGroups(sql)).map((group) => [group.key, group]));
  for (const [key, members] of Map.groupBy(alerts, groupKeyOf)) {
    const before = groups.get(key) ?? newGroup(key);
    const { group, message } = tell(before, members, now);
    if (JSON.stringify(group) !== JSON.stringify(before)) await writeGroup(sql, group);
    if (!message) continue;
    const webhook = webhookOf(key, message, externalUrl);
    await keepMessage(sql, messageKey(webhook, message.repeat), webhook, now);
    for (const { rule, labels, phase } of message.alerts) {
      await writeHistory(sql, { at: now, rule, name: labels['alertname'] ?? '', workload: labels['workload'] ?? '', change: 'told', reason: phase === 'firing' ? 'firing' : 'resolved' });
    }
  }
}

/** As Alertmanager writes it. */
export const groupKeyOf = ({ labels }: { readonly labels: Readonly<Record<string, string>> }): string => `{}:{workload=${JSON.stringify(labels['workload'] ?? '')}}`;
