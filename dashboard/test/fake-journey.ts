import type { Hop, Journey } from '../api/monitoring.ts';

type Part = readonly [id: string, parent: string | null, service: string, kind: Hop['kind'], name: string, at: number, ms: number, attributes: Record<string, unknown>];
const eventType = 'dev.request-journey.deployment.requested';
const sql = (reference: string, text: string, rows: number) => ({ 'db.system.name': 'postgresql', 'db.query.text': text, 'db.response.returned_rows': rows, 'journey.reference': reference });
const http = (method: string, path: string, status: number, reference?: string, peer?: string) => ({
  'http.request.method': method, 'http.route': path, 'http.response.status_code': status, ...(reference && { 'journey.reference': reference }), ...(peer && { 'peer.service': peer }),
});

const parts: readonly Part[] = [
  ['01', null, 'gateway', 'server', 'POST /v1/deployments', 0, 46.2, { ...http('POST', '/v1/deployments', 202), 'url.path': '/v1/deployments', 'journey.revision': 'worktree', 'journey.config_version': '5d41402abc4b', 'deployment.environment.name': 'local' }],
  ['02', '01', 'gateway', 'client', 'GET gateway.SESSIONS', 0.6, 0.8, { 'cache.hit': true, 'cache.key': 'session:*', 'journey.reference': 'gateway.SESSIONS' }],
  ['03', '01', 'gateway', 'client', 'POST auth', 1.9, 8.4, http('POST', '/v1/decisions', 200, 'gateway.AUTH_URL', 'auth')],
  ['04', '03', 'auth', 'server', 'POST /v1/decisions', 3.1, 6.3, http('POST', '/v1/decisions', 200)],
  ['05', '04', 'auth', 'client', 'SELECT auth.DATABASE', 4.2, 2.1, sql('auth.DATABASE', 'SELECT roles, disabled_at FROM people WHERE name = $1', 1)],
  ['06', '01', 'gateway', 'client', 'POST deployment', 10.9, 34.6, http('POST', '/v1/deployments', 202, 'gateway.DEPLOYMENT_URL', 'deployment')],
  ['07', '06', 'deployment', 'server', 'POST /v1/deployments', 12.1, 32.4, http('POST', '/v1/deployments', 202)],
  ['08', '07', 'deployment', 'client', 'GET configuration', 13.2, 7.7, http('GET', '/v1/settings/local/deployment-freeze', 200, 'deployment.CONFIGURATION_URL', 'configuration')],
  ['09', '08', 'configuration', 'server', 'GET /v1/settings/:environment/:name', 14.6, 5.1, http('GET', '/v1/settings/:environment/:name', 200)],
  ['0a', '09', 'configuration', 'client', 'GET configuration.SETTINGS_CACHE', 15.2, 0.7, { 'cache.hit': false, 'cache.key': 'setting:*', 'journey.reference': 'configuration.SETTINGS_CACHE' }],
  ['0b', '09', 'configuration', 'client', 'SELECT configuration.DATABASE', 16.3, 2.4, sql('configuration.DATABASE', 'SELECT value, version FROM settings WHERE environment = $1 AND name = $2', 0)],
  ['0c', '07', 'deployment', 'client', 'INSERT deployment.DATABASE', 23.1, 4.8, sql('deployment.DATABASE', 'INSERT INTO requests (id, workload, environment, revision, reason, requested_by, trace_id) VALUES ($1, $2, $3, $4, $5, $6, $7)', 0)],
  ['0d', '07', 'deployment', 'client', 'INSERT deployment.DATABASE', 28.2, 2.9, sql('deployment.DATABASE', 'INSERT INTO outbox (id, event) VALUES ($1, $2)', 0)],
  ['0e', '07', 'deployment', 'producer', `publish ${eventType}`, 58.4, 9.3, { 'messaging.system': 'pgboss', 'messaging.destination.name': eventType, 'messaging.message.id': '5f0c', 'journey.reference': 'deployment.EVENTS' }],
  ['0f', '0e', 'notification', 'consumer', `process ${eventType}`, 71.7, 41.4, { 'messaging.system': 'pgboss', 'messaging.destination.name': eventType, 'messaging.message.id': '5f0c', 'messaging.delivery.count': 1, 'journey.reference': 'notification.EVENTS' }],
  ['10', '0f', 'notification', 'client', 'INSERT notification.DATABASE', 74.8, 3.2, sql('notification.DATABASE', 'INSERT INTO inbox (event_id) VALUES ($1) ON CONFLICT DO NOTHING', 1)],
  ['11', '0f', 'notification', 'client', 'send notification.MAIL', 79.2, 24.6, { 'mail.recipients': 1, 'mail.message_id': '<5f0c@request-journey>', 'journey.reference': 'notification.MAIL' }],
  ['12', '0f', 'notification', 'client', 'put notification.ARCHIVE', 105.3, 4.4, { 'objects.operation': 'put', 'objects.key': 'mail/5f0c.eml', 'journey.reference': 'notification.ARCHIVE' }],
];
const spanId = (id: string) => id.padStart(16, 'b');
/** The journey that the door's caller was on, as the gateway links to it. */
export const callerTraceId = 'c'.repeat(32);
const extras: Readonly<Record<string, Pick<Hop, 'events' | 'links' | 'dropped'>>> = {
  '01': { links: [{ traceId: callerTraceId, spanId: spanId('ca'), attributes: {} }] },
  '11': { events: [{ offsetMs: 1.25, name: 'retry', attributes: { 'exception.message': '<b>450</b> try again', attempt: 1 } }], dropped: { events: 2 } },
};

/** The golden journey as monitoring knows it `sinceMs` after it began: what ended more than 300 ms ago is reported. */
export function fakeJourney(traceId: string, startedAt: number, sinceMs = Number.POSITIVE_INFINITY): Journey {
  const reported = parts.filter(([, , , , , at, ms]) => (at + ms) * 12 + 300 < sinceMs);
  const ids = new Set(reported.map(([id]) => id));
  const begun = parts.filter(([id, , , , , at]) => at * 12 + 300 < sinceMs && !ids.has(id));
  return {
    traceId, omitted: { spans: 0, logs: 0 }, sources: { hops: 'own', logs: 'own' },
    connected: reported.length > 0 && reported.every(([, parent]) => parent === null || ids.has(parent)),
    hops: reported.map(([id, parent, service, kind, name, at, ms, attributes]) => ({
      spanId: spanId(id), parentId: parent && spanId(parent), service, name, kind, startedAt: startedAt + at, durationMs: ms, status: 'ok', attributes, ...extras[id],
    })),
    open: begun.map(([id, parent, service, kind, name, at, , attributes]) => ({
      spanId: spanId(id), parentId: parent && spanId(parent), service, name, kind, startedAt: startedAt + at, attributes, ...extras[id],
    })),
    logs: reported.filter(([, , , kind]) => kind === 'server' || kind === 'consumer').map(([id, , service, , name, at]) => ({
      at: startedAt + at, service, level: 'info', message: `${name} done`, spanId: spanId(id),
    })),
  };
}

/** A journey that ended at `service`: what was reached, and the failed call. */
export function brokenJourney(traceId: string, startedAt: number, service: string): Journey {
  const whole = fakeJourney(traceId, startedAt);
  const call = whole.hops.find(({ attributes }) => attributes['peer.service'] === service);
  const failed = new Set<string>();
  for (let hop = call; hop; hop = whole.hops.find(({ spanId: id }) => id === hop?.parentId)) failed.add(hop.spanId);
  const hops = whole.hops.filter(({ startedAt: at }) => at <= (call?.startedAt ?? 0)).map((hop): Hop => (failed.has(hop.spanId)
    ? { ...hop, status: 'error', message: `${service} cannot be reached.`, attributes: { ...hop.attributes, 'http.response.status_code': 502 } }
    : hop));
  const last = hops.findLast(({ status }) => status === 'error');
  const line = { at: startedAt + 1, service: last?.service ?? '', level: 'warn', message: `${service} cannot be reached.`, spanId: last?.spanId ?? null, stack: `Problem: ${service} cannot be reached.\n    at <b>client.ts</b>:97\ncaused by: Error: connect ECONNREFUSED` };
  return { ...whole, hops, open: [], logs: [line] };
}
