import type { RouteSet } from '../../kit/contract.ts';

const text = { type: 'string', maxLength: 2000 } as const;
const labels = { type: 'object', maxProperties: 64, propertyNames: { type: 'string', maxLength: 100 }, additionalProperties: text } as const;
const alert = {
  type: 'object', required: ['status', 'labels', 'annotations', 'startsAt', 'endsAt', 'generatorURL', 'fingerprint'],
  properties: {
    status: { enum: ['firing', 'resolved'] }, labels, annotations: labels, startsAt: { type: 'string', format: 'date-time' }, endsAt: { type: 'string', format: 'date-time' },
    generatorURL: text, fingerprint: { type: 'string', pattern: '^[0-9a-f]{16}$' },
  },
} as const;

/** What monitoring tells. */
export const alertRoutes = {
  takeAlerts: {
    method: 'post', path: '/v1/alerts', access: 'workload', maxBytes: 1_048_576,
    about: 'Alertmanager\'s webhook, version 4 (prometheus.io/docs/alerting/latest/configuration, webhook_config). The header Idempotency-Key, a UUID, makes one mail of the same message sent twice.',
    body: {
      type: 'object', required: ['version', 'groupKey', 'status', 'receiver', 'groupLabels', 'commonLabels', 'commonAnnotations', 'externalURL', 'alerts'],
      properties: {
        version: { const: '4' }, groupKey: text, truncatedAlerts: { type: 'integer', minimum: 0 }, status: { enum: ['firing', 'resolved'] }, receiver: text,
        groupLabels: labels, commonLabels: labels, commonAnnotations: labels, externalURL: text, alerts: { type: 'array', minItems: 1, maxItems: 100, items: alert },
      },
    },
    answers: { 202: { type: 'object', additionalProperties: false, required: ['mailed'], properties: { mailed: { type: 'boolean' } } } },
  },
} as const satisfies RouteSet;
