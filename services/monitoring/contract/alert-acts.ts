import type { RouteSet } from '../../kit/contract.ts';
import { note, time } from './alerts.ts';

const reason = { type: 'string', minLength: 1, maxLength: 500 } as const;

/** How alerts came there, and what a person does about one. */
export const alertActRoutes = {
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
