import type { RouteSet } from '../../kit/contract.ts';
import { id, kind, workload } from './faults.ts';

/** What every process of every workload asks once a second, where the model allows faults (services/kit/faults/follow.ts). */
export const faultAskRoutes = {
  heldFaults: {
    method: 'post', path: '/v1/faults/held', access: 'workload', maxBytes: 4096,
    about: 'A process says which faults it holds; the answer is those that it shall hold, and for how long.',
    body: {
      type: 'object', additionalProperties: false, required: ['workload', 'instance', 'held'],
      properties: { workload, instance: id, held: { type: 'array', maxItems: 16, items: id } },
    },
    answers: {
      200: {
        type: 'object', additionalProperties: false, required: ['faults'],
        properties: {
          faults: { type: 'array', items: { type: 'object', additionalProperties: false, required: ['id', 'kind', 'strength', 'leftMs'], properties: { id, kind, strength: { type: 'number' }, leftMs: { type: 'number' } } } },
        },
      },
    },
  },
} as const satisfies RouteSet;
