import type { RouteSet } from '../../kit/contract.ts';

export const time = { type: ['number', 'null'] } as const;
const labels = { type: 'object', additionalProperties: { type: 'string' } } as const;
const uuid = { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' } as const;
/** Who, until when (Unix milliseconds; null: until it is resolved), why. */
export const note = {
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

/** What fires now, and what was over within the last hour. Every page reads this; what else can be asked and done is a part of its own (alert-acts.ts). */
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
} as const satisfies RouteSet;
