import type { RouteSet } from '../../kit/contract.ts';

const time = { type: ['number', 'null'] } as const;
const labels = { type: 'object', additionalProperties: { type: 'string' } } as const;
const reason = { type: 'string', minLength: 1, maxLength: 500 } as const;
const uuid = { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' } as const;
/** Who, until when (Unix milliseconds; null: until it is resolved), why. */
const note = {
  type: 'object', additionalProperties: false, required: ['id', 'by', 'until', 'reason'],
  properties: { id: uuid, by: { type: 'string' }, until: time, reason: { type: 'string' } },
} as const;
const alert = {
  type: 'object', additionalProperties: false,
  required: ['rule', 'fingerprint', 'name', 'workload', 'severity', 'test', 'state', 'activeAt', 'firedAt', 'resolvedAt', 'seenAt', 'value', 'summary', 'labels', 'silences', 'acknowledgements', 'inhibitedBy'],
  properties: {
    rule: { type: 'string' }, fingerprint: { type: 'string' }, name: { type: 'string' }, workload: { type: 'string' }, severity: { enum: ['page', 'ticket'] }, test: { type: 'boolean' },
    state: { enum: ['pending', 'firing', 'resolved'] }, activeAt: time, firedAt: time, resolvedAt: time, seenAt: { type: 'number' }, value: time,
    summary: { type: 'string' }, labels, silences: { type: 'array', items: note }, acknowledgements: { type: 'array', items: note }, inhibitedBy: { type: 'array', items: { type: 'string' } },
    /** The newest message of its workload; absent before the first. */
    told: {
      type: 'object', additionalProperties: false, required: ['madeAt', 'sentAt', 'tries', 'error'],
      properties: { madeAt: { type: 'number' }, sentAt: time, tries: { type: 'integer' }, error: { type: ['string', 'null'] } },
    },
  },
} as const;

/** What fires now, what was over within the last hour, and how it came there. */
export const alertRoutes = {
  alerts: {
    method: 'get', path: '/v1/alerts', access: 'viewer', public: true,
    about: 'Alerts that are pending, firing, or were resolved within the last hour, with who silenced or acknowledged them. Times in Unix milliseconds.',
    answers: {
      200: {
        type: 'object', additionalProperties: false, required: ['evaluatedAt', 'alerts'],
        properties: { evaluatedAt: { type: 'number' }, alerts: { type: 'array', items: alert } },
      },
    },
  },
  alertHistory: {
    method: 'get', path: '/v1/alerts/history', access: 'viewer', public: true,
    about: 'Every change of an alert, newest first; kept for 90 days. `before` is the id of the last entry of the page before.',
    query: {
      type: 'object', additionalProperties: false,
      properties: { limit: { type: 'integer', minimum: 1, maximum: 200 }, before: { type: 'integer', minimum: 1, maximum: 9_007_199_254_740_991 }, rule: { type: 'string', minLength: 1, maxLength: 200 } },
    },
    answers: {
      200: {
        type: 'object', additionalProperties: false, required: ['entries'],
        properties: {
          entries: {
            type: 'array',
            items: {
              type: 'object', additionalProperties: false, required: ['id', 'at', 'rule', 'name', 'workload', 'change', 'value', 'person', 'reason'],
              properties: {
                id: { type: 'integer' }, at: { type: 'number' }, rule: { type: 'string' }, name: { type: 'string' }, workload: { type: 'string' },
                change: { enum: ['pending', 'firing', 'resolved', 'calm', 'acknowledged', 'silenced', 'unsilenced', 'told', 'removed'] },
                value: time, person: { type: ['string', 'null'] }, reason: { type: ['string', 'null'] },
              },
            },
          },
        },
      },
    },
  },
  fireTestAlert: {
    method: 'post', path: '/v1/alerts/test', access: 'operator', public: true,
    about: 'Fires an alert that is labelled as a test, goes the whole way to the receiver, and is resolved after a minute.',
    body: { type: 'object', additionalProperties: false, required: ['reason'], properties: { reason, seconds: { type: 'integer', minimum: 5, maximum: 300 } } },
    answers: { 201: { type: 'object', additionalProperties: false, required: ['rule', 'until'], properties: { rule: { type: 'string' }, until: { type: 'number' } } } },
  },
  acknowledgeAlert: {
    method: 'post', path: '/v1/alerts/:fingerprint/acknowledgement', access: 'operator', public: true,
    about: 'Says that somebody looks after it: it is not told again until it is resolved.',
    params: { type: 'object', required: ['fingerprint'], properties: { fingerprint: { type: 'string', pattern: '^[0-9a-f]{16}$' } } },
    body: { type: 'object', additionalProperties: false, required: ['reason'], properties: { reason } },
    answers: { 201: note },
  },
} as const satisfies RouteSet;
