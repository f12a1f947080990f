import type { Database, Sql } from '../../kit/adapters/postgres.ts';
import type { RouteRequest } from '../../kit/kit.ts';
import type { Alerting } from '../adapters/alerting.ts';
import { readAlerts } from '../adapters/alert-rows.ts';
import { readSilences } from '../adapters/silences-table.ts';
import type { JudgedAlert } from '../domain/alert.ts';
import { judge } from '../domain/judge.ts';
import type { Silence } from '../domain/silence.ts';

export interface AlertMeans { readonly database: Database; readonly alerting: Alerting; readonly watched: readonly string[]; /** Before a path to a page. */ readonly pages: string }

export const whoOf = ({ person }: RouteRequest): string => person?.name ?? '';

/** All alerts with what is said about them, and every silence of the last day. */
export async function judged(sql: Sql, now: number): Promise<{ readonly alerts: readonly JudgedAlert[]; readonly silences: readonly Silence[] }> {
  const [alerts, silences] = [await readAlerts(sql), await readSilences(sql, now - 86_400_000)];
  return { alerts: judge(alerts, silences, now), silences };
}
