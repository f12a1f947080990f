import { createHash } from 'node:crypto';
import type { Database, Sql } from '../../kit/adapters/postgres.ts';
import type { Endpoint } from '../../kit/contract.ts';
import type { Kit } from '../../kit/kit.ts';
import { Problem } from '../../kit/problem.ts';
import type { Webhook } from '../domain/webhook.ts';

/** The same news has the same key, whoever writes it and however often it is sent: notification mails it once. */
export function messageKey({ groupKey, status, alerts }: Webhook, repeat: number): string {
  const hex = createHash('sha256').update(JSON.stringify([groupKey, status, alerts.map((one) => [one.fingerprint, one.startsAt, one.status]), repeat])).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** In the transaction of what it tells. */
export async function keepMessage(sql: Sql, key: string, webhook: Webhook, now: number): Promise<void> {
  await sql.query('insert into alert_messages (key, group_key, payload, made_ms, due_ms) values ($1, $2, $3, $4, $4) on conflict do nothing', [key, webhook.groupKey, JSON.stringify(webhook), now]);
}

export interface MessageState { readonly groupKey: string; readonly madeAt: number; readonly sentAt: number | null; readonly tries: number; readonly error: string | null }
/** The newest of each group. */
export async function newestMessages(sql: Sql): Promise<readonly MessageState[]> {
  const rows = await sql.query<{ groupKey: string; madeAt: string; sentAt: string | null; tries: number; error: string | null }>(
    'select distinct on (group_key) group_key as "groupKey", made_ms as "madeAt", sent_ms as "sentAt", tries, error from alert_messages order by group_key, made_ms desc',
  );
  return rows.map(({ madeAt, sentAt, ...rest }) => ({ ...rest, madeAt: Number(madeAt), sentAt: sentAt === null ? null : Number(sentAt) }));
}

const LONGEST_WAIT_MS = 60_000;
/** One message that is due, the oldest of its group first; what is sent but not marked is sent again with the same key. @returns false when nothing is due */
export function sendOne(database: Database, { call, standard }: Pick<Kit, 'call' | 'standard'>, notification: Endpoint, now: () => number): Promise<boolean> {
  return database.transaction(async (sql) => {
    const [message] = await sql.query<{ key: string; payload: Webhook; tries: number }>(
      `select key, payload, tries from alert_messages m where sent_ms is null and due_ms <= $1
       and not exists (select from alert_messages o where o.group_key = m.group_key and o.sent_ms is null and o.made_ms < m.made_ms)
       order by made_ms limit 1 for update skip locked`, [now()],
    );
    if (!message) return false;
    try {
      await call(notification, { method: 'POST', path: '/v1/alerts', body: message.payload, token: standard.workloadKey?.reveal() ?? null, headers: { 'idempotency-key': message.key }, timeoutMs: 4000 });
      await sql.query('update alert_messages set sent_ms = $2, tries = tries + 1, error = null where key = $1', [message.key, now()]);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const wait = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(message.tries, 10));
      await sql.query('update alert_messages set due_ms = $2, tries = tries + 1, error = $3 where key = $1', [message.key, now() + wait, error.detail.slice(0, 300)]);
    }
    return true;
  });
}
