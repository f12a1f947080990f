import type { RouteSet } from '../../kit/contract.ts';

/** A test keeps kinds and bounds equal to what the kit can do (services/kit/faults/kinds.ts). */
export const kind = { enum: ['latency', 'errors', 'slowQuery', 'cacheLoss', 'redelivery', 'memoryLeak', 'notReady', 'refused'] } as const;
export const workload = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,62}$' } as const;
export const id = { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' } as const;
export const fault = {
  type: 'object', additionalProperties: false, required: ['id', 'workload', 'kind', 'strength', 'reason', 'by', 'since', 'until', 'holding', 'answering'],
  properties: {
    id, workload, kind, strength: { type: 'number' }, reason: { type: 'string' }, by: { type: 'string' },
    /** Unix time in milliseconds. */
    since: { type: 'number' }, until: { type: 'number' },
    /** How many processes of the workload say that they hold it, of how many that answer. */
    holding: { type: 'integer' }, answering: { type: 'integer' },
  },
} as const;

/** What somebody makes go wrong, to see what happens then. Every page reads this, for its banner. */
export const faultRoutes = {
  faults: {
    method: 'get', path: '/v1/faults', access: 'viewer', public: true,
    about: 'The faults that are on, the kinds there are, and whether the model allows any.',
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
} as const satisfies RouteSet;
