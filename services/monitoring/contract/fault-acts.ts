import type { RouteSet } from '../../kit/contract.ts';
import { fault, id, kind, workload } from './faults.ts';

/** Switching a fault on, and off before its time. */
export const faultActRoutes = {
  beginFault: {
    method: 'post', path: '/v1/faults', access: 'operator', public: true,
    about: 'Switches a fault on for all processes of a workload, in the place of one of the same kind. It ends by itself.',
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
