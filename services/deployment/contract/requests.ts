import type { RouteSet } from '../../kit/contract.ts';
import { string, time, count, list, record, all } from './shape.ts';

/** Where a change is: asked for, waiting as a pull request, on main, being rolled out; then how it ended. */
export const statuses = ['requested', 'proposed', 'merged', 'succeeded', 'unchanged', 'refused', 'closed', 'failed', 'rolledBack'] as const;
export const kinds = ['release', 'knob', 'scale', 'promotion', 'rollback'] as const;

/** One change that somebody asked for: what the event says, and what is answered. */
export const request = record({
  id: { type: 'string', format: 'uuid' }, kind: { enum: kinds }, environment: string,
  /** Of a release or a scale. */
  workload: string, revision: string,
  /** What it changes, in one line: `rateLimit 200 → 100`. */
  summary: string,
  reason: string, status: { enum: statuses },
  requestedBy: string, requestedAt: time, updatedAt: time, traceId: string,
  /** Its pull request, and the commit that is on main because of it. */
  pull: count, commit: string,
  /** How it ended, in words, when it ended otherwise than asked; before that, why it waits on main. */
  outcome: string, evidence: list(string),
}, ['id', 'kind', 'environment', 'summary', 'reason', 'status', 'requestedBy', 'requestedAt', 'updatedAt', 'traceId']);

/** How far each change has got that somebody asked for. */
export const requestRoutes = {
  list: {
    method: 'get', path: '/v1/deployments', access: 'viewer', public: true,
    about: 'The newest 50 requests of all kinds, or of those that began a journey (`traceId`) or became a pull request (`pull`).',
    query: record({ traceId: { type: 'string', pattern: '^[0-9a-f]{32}$' }, pull: { type: 'integer', minimum: 1, maximum: 999_999_999 } }, []),
    answers: { 200: all({ deployments: list(request) }) },
  },
  read: {
    method: 'get', path: '/v1/deployments/:id', access: 'viewer', public: true,
    about: 'One request.',
    params: { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' } } },
    answers: { 200: request },
  },
} as const satisfies RouteSet;
