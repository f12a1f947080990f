import { createHash } from 'node:crypto';
import type { Sql } from '../../kit/adapters/postgres.ts';
import type { Alert, Labels } from '../domain/alert.ts';
import type { Phase } from '../domain/alert-state.ts';
import type { Group } from '../domain/telling.ts';

type Millis = string | null;
interface Row { readonly rule: string; readonly fingerprint: string; readonly phase: Phase; readonly activeAt: Millis; readonly firedAt: Millis; readonly breachedAt: Millis; readonly resolvedAt: Millis; readonly seenAt: string; readonly value: number | null; readonly labels: Labels; readonly annotations: Labels }
const SELECT = `select rule, fingerprint, phase, active_ms as "activeAt", fired_ms as "firedAt", breached_ms as "breachedAt", resolved_ms as "resolvedAt", seen_ms as "seenAt", value, labels, annotations from alerts`;

export async function readAlerts(sql: Sql): Promise<readonly Alert[]> {
  return (await sql.query<Row>(`${SELECT} order by rule`)).map(({ activeAt, firedAt, breachedAt, resolvedAt, seenAt, ...rest }): Alert => ({
    ...rest, activeAt: millis(activeAt), firedAt: millis(firedAt), breachedAt: millis(breachedAt), resolvedAt: millis(resolvedAt), seenAt: Number(seenAt),
  }));
}
const millis = (value: Millis): number | null => (value === null ? null : Number(value));

/** All at once: a round looks at a hundred rules. */
export async function writeAlerts(sql: Sql, alerts: readonly Alert[]): Promise<void> {
  if (alerts.length > 0) await sql.query(WRITE, [JSON.stringify(alerts)]);
}
const WRITE = `
insert into alerts (rule, fingerprint, phase, active_ms, fired_ms, breached_ms, resolved_ms, seen_ms, value, labels, annotations)
select rule, fingerprint, phase, "activeAt", "firedAt", "breachedAt", "resolvedAt", "seenAt", value, labels, annotations
from jsonb_to_recordset($1::jsonb) as row (rule text, fingerprint text, phase text, "activeAt" bigint, "firedAt" bigint, "breachedAt" bigint, "resolvedAt" bigint,
  "seenAt" bigint, value double precision, labels jsonb, annotations jsonb)
on conflict (rule) do update set fingerprint = excluded.fingerprint, phase = excluded.phase, active_ms = excluded.active_ms, fired_ms = excluded.fired_ms,
  breached_ms = excluded.breached_ms, resolved_ms = excluded.resolved_ms, seen_ms = excluded.seen_ms, value = excluded.value, labels = excluded.labels, annotations = excluded.annotations`;

export async function forgetAlerts(sql: Sql, rules: readonly string[]): Promise<void> {
  if (rules.length > 0) await sql.query('delete from alerts where rule = any ($1::text[])', [rules]);
}

export async function readGroups(sql: Sql): Promise<readonly Group[]> {
  const rows = await sql.query<{ key: string; since: Millis; notifiedAt: Millis; told: Group['told'] }>('select key, since_ms as since, notified_ms as "notifiedAt", told from alert_groups');
  return rows.map(({ key, since, notifiedAt, told }) => ({ key, since: millis(since), notifiedAt: millis(notifiedAt), told }));
}
export async function writeGroup(sql: Sql, { key, since, notifiedAt, told }: Group): Promise<void> {
  await sql.query(
    `insert into alert_groups (key, since_ms, notified_ms, told) values ($1, $2, $3, $4)
     on conflict (key) do update set since_ms = excluded.since_ms, notified_ms = excluded.notified_ms, told = excluded.told`,
    [key, since, notifiedAt, JSON.stringify(told)],
  );
}

export function fingerprintOf(labels: Labels): string {
  return createHash('sha256').update(JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)))).digest('hex').slice(0, 16);
}
