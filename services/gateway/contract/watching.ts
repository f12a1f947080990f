import type { RouteSet } from '../../kit/contract.ts';

/** What can be asked for, and being watched while it is. */
export const watchingRoutes = {
  openapi: {
    method: 'get', path: '/v1/openapi', access: 'viewer',
    about: 'Everything that can be asked from outside, as one OpenAPI 3.1 document: what /openapi.json says, for the pages.',
    answers: {
      200: {
        type: 'object', required: ['openapi', 'paths'],
        properties: { openapi: { type: 'string' }, paths: { type: 'object' } },
      },
    },
  },
  ticket: {
    method: 'post', path: '/v1/tickets', access: 'viewer',
    about: 'A ticket for one request (header `journey-ticket`): its trace id is known before it is sent, so it can be watched while it travels.',
    answers: {
      201: {
        type: 'object', additionalProperties: false, required: ['traceId', 'ticket', 'expiresAt'],
        properties: { traceId: { type: 'string', pattern: '^[0-9a-f]{32}$' }, ticket: { type: 'string' }, expiresAt: { type: 'string' } },
      },
    },
  },
} as const satisfies RouteSet;
