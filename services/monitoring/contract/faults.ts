import type { RouteSet } from '../../kit/contract.ts';

/** A test keeps kinds and bounds equal to what the kit can do (services/kit/faults/kinds.ts). */
const kind = { enum: ['latency', 'errors', 'slowQuery', 'cacheLoss', 'redelivery', 'memoryLeak', 'notReady', 'refused'] } as const;
const workload = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,62}$' } as const;
const id = { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' } as const;
const fault = {
  type: 'object', additionalProperties: false, required: ['id', 'workload', 'kind', 'strength', 'reason', 'by', 'since', 'until', 'state'],
  properties: {
    id, workload, kind, strength: { type: 'number' }, reason: { type: 'string' }, by: { type: 'string' },
    /** Unix time in milliseconds. */
    since: { type: 'number' }, until: { type: 'number' },
    /** What the workload itself says: `gone` when it was started again since, `unknown` when it does not answer. */
    state: { enum: ['on', 'gone', 'unknown'] },
  },
} as const;

/** What somebody makes go wrong, to see what happens then. */
export const faultRoutes = {
  faults: {
    method: 'get', path: '/v1/faults', access: 'viewer', public: true,
    about: 'The faults that are on now, what kinds there are, and whether the model of this environment allows any.',
    answers: {
      200: {
        type: 'object', additionalProperties: false, required: ['allowed', 'workloads', 'kinds', 'longestSeconds', 'faults'],
        properties: {
          allowed: { type: 'boolean' }, workloads: { type: 'array', items: workload }, longestSeconds: { type: 'integer' },
          kinds: {
            type: 'array',
            items: {
              type: 'object', additionalProperties: false, required: ['kind', 'unit', 'least', 'most', 'about'],
              properties: { kind, unit: { type: 'string' }, least: { type: 'number' }, most: { type: 'number' }, about: { type: 'string' } },
            },
          },
          faults: { type: 'array', items: fault },
        },
      },
    },
  },
  beginFault: {
    method: 'post', path: '/v1/faults', access: 'operator', public: true,
    about: 'Switches a fault on for a workload, in the place of one of the same kind. It ends by itself.',
    body: {
      type: 'object', additionalProperties: false, required: ['workload', 'kind', 'strength', 'seconds', 'reason'],
      properties: {
        workload, kind, strength: { type: 'number', minimum: 1, maximum: 10_000 }, seconds: { type: 'integer', minimum: 1, maximum: 900 },
        reason: { type: 'string', minLength: 1, maxLength: 500 },
      },
    },
    answers: { 201: fault },
  },
  endFault: {
    method: 'delete', path: '/v1/faults/:id', access: 'operator', public: true,
    about: 'Ends a fault before its time.',
    params: { type: 'object', required: ['id'], properties: { id } },
    answers: { 204: null },
  },
} as const satisfies RouteSet;
