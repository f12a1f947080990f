import type { RouteSet } from '../../kit/contract.ts';

/** How the workloads are. */
export const workloadRoutes = {
  workloads: {
    method: 'get', path: '/v1/workloads', access: 'viewer', public: true,
    about: 'Every workload and its health, as last seen.',
    answers: {
      200: {
        type: 'object', additionalProperties: false, required: ['workloads'],
        properties: {
          workloads: {
            type: 'array',
            items: {
              type: 'object', additionalProperties: false, required: ['name', 'health', 'seenAt', 'answerMs', 'detail'],
              properties: {
                name: { type: 'string' }, health: { enum: ['Healthy', 'Progressing', 'Degraded', 'Missing', 'Unknown'] },
                seenAt: { type: ['number', 'null'] }, answerMs: { type: ['number', 'null'] }, detail: { type: 'string' },
              },
            },
          },
        },
      },
    },
  },
} as const satisfies RouteSet;
