import { audit } from '../../kit/adapters/audit.ts';
import type { Database, Sql } from '../../kit/adapters/postgres.ts';
import { problem } from '../../kit/problem.ts';
import type { Alert } from '../domain/alert.ts';
import { fits, wrongMatchers, type Silence } from '../domain/silence.ts';
import { lockHistory, writeHistory, type HistoryEntry } from './alert-history.ts';
import { readAlerts } from './alert-rows.ts';
import { endSilence, saveSilence, silenceWith } from './silences-table.ts';

interface Who { readonly person: string; readonly action: string; readonly traceId: string }

/** Saved, audited and told in the history of every alert that it fits now, or none of it. */
export async function keepSilence(database: Database, silence: Silence, { person, action, traceId }: Who): Promise<void> {
  const wrong = wrongMatchers(silence.matchers);
  if (wrong !== undefined) throw problem('invalid_body', wrong, { errors: [{ path: '/body/matchers', message: wrong }] });
  if (silence.endsAt !== null && silence.endsAt <= Math.max(silence.startsAt, silence.updatedAt)) throw problem('invalid_body', 'It would end before it begins.', { errors: [{ path: '/body/endsAt', message: 'must be later' }] });
  await database.transaction(async (sql) => {
    await lockHistory(sql);
    await saveSilence(sql, silence);
    await noteAll(sql, silence, { at: silence.updatedAt, change: 'silenced', person, reason: silence.reason });
    await audit(sql, { person, action, subject: `silence/${silence.id}`, detail: { matchers: silence.matchers, endsAt: silence.endsAt, reason: silence.reason }, traceId });
  });
}

export async function stopSilence(database: Database, id: string, now: number, { person, action, traceId }: Who): Promise<void> {
  await database.transaction(async (sql) => {
    await lockHistory(sql);
    const silence = await silenceWith(sql, id);
    if (!silence || (silence.endsAt !== null && silence.endsAt <= now)) throw problem('not_found', 'No such silence is on.', { fix: 'GET /v1/silences lists those that are.' });
    await endSilence(sql, id, now);
    await noteAll(sql, silence, { at: now, change: 'unsilenced', person });
    await audit(sql, { person, action, subject: `silence/${id}`, detail: { kind: silence.kind }, traceId });
  });
}

async function noteAll(sql: Sql, silence: Silence, entry: Pick<HistoryEntry, 'at' | 'change' | 'person' | 'reason'>): Promise<void> {
  const now: readonly Alert[] = (await readAlerts(sql)).filter(({ phase, labels }) => phase === 'firing' && fits(silence, labels));
  for (const { rule, labels, value } of now) await writeHistory(sql, { rule, name: labels['alertname'] ?? '', workload: labels['workload'] ?? '', value, ...entry });
}
