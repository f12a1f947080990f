import { randomUUID } from 'node:crypto';
import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import { silenceWith } from '../adapters/silences-table.ts';
import { keepSilence, stopSilence } from '../adapters/silencing.ts';
import { alertView, silenceView } from '../domain/alertmanager.ts';
import { filtersOf } from '../domain/matcher-text.ts';
import { recordOf } from '../domain/otlp.ts';
import { fits, matches, type Silence } from '../domain/silence.ts';
import { RECEIVER } from '../domain/webhook.ts';
import { judged, whoOf, type AlertMeans } from './alert-means.ts';
import { matchersOf } from './silences.ts';

export function amStatus(revision: string, since = new Date()) {
  return (): Promise<Answer> => Promise.resolve({
    status: 200,
    body: {
      // Replicas agree by a lock in the database, not by gossip.
      cluster: { status: 'disabled', peers: [] }, config: { original: `# One receiver, "${RECEIVER}"; rules come from the model and GET /v1/alert-rules.\nroute:\n  receiver: ${RECEIVER}\n  group_by: [workload]\n  group_wait: 2s\n  repeat_interval: 4h\nreceivers:\n- name: ${RECEIVER}\n` },
      uptime: since.toISOString(), versionInfo: { version: 'request-journey', revision, branch: '', buildUser: '', buildDate: '', goVersion: '' },
    },
  });
}
export const amReceivers = (): Promise<Answer> => Promise.resolve({ status: 200, body: [{ name: RECEIVER }] });
export const amPushAlerts = (): Promise<Answer> => Promise.reject(problem('conflict', 'Alerts of other programs are not taken: here they come from rules.', { fix: 'Make a rule at POST /v1/alert-rules, or try the way with POST /v1/alerts/test.' }));

/** GET /api/v2/alerts */
export function amAlerts(means: AlertMeans) {
  return async ({ query }: RouteRequest): Promise<Answer> => ({ status: 200, body: await found(means, query) });
}

/** GET /api/v2/alerts/groups */
export function amGroups(means: AlertMeans) {
  return async ({ query }: RouteRequest): Promise<Answer> => ({
    status: 200,
    body: [...Map.groupBy(await found(means, query), ({ labels }) => labels['workload'] ?? '')].map(([workload, alerts]) => ({ labels: { workload }, receiver: { name: RECEIVER }, alerts })),
  });
}

async function found({ database, alerting, pages }: AlertMeans, query: RouteRequest['query']) {
  const filters = filtersOf(query['filter']);
  if (typeof filters === 'string') throw problem('invalid_params', filters);
  if (query['receiver'] !== undefined && query['receiver'] !== RECEIVER && query['receiver'] !== '') return [];
  const wants = (key: string) => query[key] !== false;
  return (await judged(database, alerting.now())).alerts
    .filter(({ phase, labels }) => phase === 'firing' && filters.every((filter) => matches(filter, labels)))
    .filter(({ silencedBy, acknowledgedBy, inhibitedBy }) => {
      const [silenced, inhibited] = [silencedBy.length + acknowledgedBy.length > 0, inhibitedBy.length > 0];
      return (silenced || inhibited || wants('active')) && (!silenced || wants('silenced')) && (!inhibited || wants('inhibited'));
    })
    .map((alert) => alertView(alert, pages));
}

/** GET /api/v2/silences: a filter fits a silence that has such a matcher. */
export function amSilences({ database, alerting }: AlertMeans) {
  return async ({ query }: RouteRequest): Promise<Answer> => {
    const filters = filtersOf(query['filter']);
    if (typeof filters === 'string') throw problem('invalid_params', filters);
    const now = alerting.now();
    const { silences } = await judged(database, now);
    return { status: 200, body: silences.filter(({ matchers }) => fits({ matchers: filters }, Object.fromEntries(matchers.map(({ name, value }) => [name, value])))).map((one) => silenceView(one, now)) };
  };
}

/** POST /api/v2/silences */
export function amPostSilence({ database, alerting }: AlertMeans) {
  return async (request: RouteRequest): Promise<Answer> => {
    const { id, matchers, startsAt, endsAt, comment } = recordOf(request.body);
    const [now, by] = [alerting.now(), whoOf(request)];
    const known = typeof id === 'string' && id !== '' ? await silenceWith(database, id) : undefined;
    if (id && known?.kind !== 'silence') throw problem('not_found', 'There is no silence with this id.');
    const silence: Silence = {
      id: known?.id ?? randomUUID(), kind: 'silence', matchers: matchersOf(matchers), startsAt: known ? Date.parse(String(startsAt)) : Math.max(now, Date.parse(String(startsAt))), endsAt: Date.parse(String(endsAt)),
      by, reason: String(comment), updatedAt: now,
    };
    await keepSilence(database, silence, { person: by, action: 'monitoring.amPostSilence', traceId: request.traceId });
    return { status: 200, body: { silenceID: silence.id } };
  };
}

/** GET /api/v2/silence/:id */
export function amSilence({ database, alerting }: AlertMeans) {
  return async ({ params }: RouteRequest): Promise<Answer> => {
    const silence = await silenceWith(database, params['id'] ?? '');
    if (!silence) throw problem('not_found', 'There is no silence with this id.');
    return { status: 200, body: silenceView(silence, alerting.now()) };
  };
}

/** DELETE /api/v2/silence/:id */
export function amDeleteSilence({ database, alerting }: AlertMeans) {
  return async (request: RouteRequest): Promise<Answer> => {
    await stopSilence(database, request.params['id'] ?? '', alerting.now(), { person: whoOf(request), action: 'monitoring.amDeleteSilence', traceId: request.traceId });
    return { status: 200 };
  };
}
