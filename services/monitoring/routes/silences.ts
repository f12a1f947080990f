import { randomUUID } from 'node:crypto';
import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { readSilences } from '../adapters/silences-table.ts';
import { keepSilence, stopSilence } from '../adapters/silencing.ts';
import { listOf, recordOf } from '../domain/otlp.ts';
import type { Matcher, Silence } from '../domain/silence.ts';
import { whoOf, type AlertMeans } from './alert-means.ts';

const DAY_MS = 86_400_000;

/** GET /v1/silences */
export function silences({ database, alerting }: AlertMeans) {
  return async (): Promise<Answer> => {
    const now = alerting.now();
    return { status: 200, body: { silences: (await readSilences(database, now - DAY_MS)).map((one) => ({ ...one, state: stateOf(one, now) })) } };
  };
}

/** POST /v1/silences */
export function createSilence({ database, alerting }: AlertMeans) {
  return async (request: RouteRequest): Promise<Answer> => {
    const { matchers, seconds, reason } = recordOf(request.body);
    const [now, by] = [alerting.now(), whoOf(request)];
    const silence: Silence = { id: randomUUID(), kind: 'silence', matchers: matchersOf(matchers), startsAt: now, endsAt: now + Number(seconds) * 1000, by, reason: String(reason), updatedAt: now };
    await keepSilence(database, silence, { person: by, action: 'monitoring.createSilence', traceId: request.traceId });
    return { status: 201, body: { ...silence, state: 'active' } };
  };
}

/** DELETE /v1/silences/:id */
export function endSilence({ database, alerting }: AlertMeans) {
  return async (request: RouteRequest): Promise<Answer> => {
    await stopSilence(database, request.params['id'] ?? '', alerting.now(), { person: whoOf(request), action: 'monitoring.endSilence', traceId: request.traceId });
    return { status: 204 };
  };
}

export const stateOf = ({ startsAt, endsAt }: Silence, now: number): 'pending' | 'active' | 'expired' => (endsAt !== null && endsAt <= now ? 'expired' : startsAt > now ? 'pending' : 'active');

/** Alertmanager before 0.22 knew no isEqual. */
export function matchersOf(matchers: unknown): readonly Matcher[] {
  return listOf(matchers).map((one) => {
    const { name, value, isRegex, isEqual } = recordOf(one);
    return { name: String(name), value: String(value), isRegex: isRegex === true, isEqual: isEqual !== false };
  });
}
