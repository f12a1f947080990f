import type { RouteSet } from '../../kit/contract.ts';
import { string, time, count, name, commit, release, reason, list, record, all } from './shape.ts';

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
  /** How it ended, in words, when it ended otherwise than asked. */
  outcome: string, evidence: list(string),
}, ['id', 'kind', 'environment', 'summary', 'reason', 'status', 'requestedBy', 'requestedAt', 'updatedAt', 'traceId']);

/** Asking for a change, and how far each has got. */
export const changeRoutes = {
  create: {
    method: 'post', path: '/v1/deployments', access: 'operator', public: true, repeatable: true, maxBytes: 16_384,
    about: 'Asks for a release of one workload. Refused while the environment is frozen. Send an Idempotency-Key to be able to repeat it.',
    body: all({ workload: name, environment: name, revision: release, reason }),
    answers: { 202: request },
  },
  change: {
    method: 'post', path: '/v1/changes', access: 'operator', public: true, repeatable: true, maxBytes: 16_384,
    about: 'Asks for another value of a knob (`knob`, `value`) or another size of a workload (`workload`, `replicas`, `most`): always a pull request.',
    body: record({
      environment: name, reason, knob: { type: 'string', pattern: '^[a-zA-Z][a-zA-Z0-9]{0,62}$' }, value: { type: ['string', 'number'], maxLength: 200 },
      workload: name, replicas: { type: 'integer', minimum: 1, maximum: 1000 }, most: { type: 'integer', minimum: 1, maximum: 1000 },
    }, ['environment', 'reason']),
    answers: { 202: request },
  },
  promote: {
    method: 'post', path: '/v1/promotions', access: 'operator', public: true, repeatable: true, maxBytes: 16_384,
    about: 'Asks for the releases of one environment in the one that comes after it. The same digests travel.',
    body: record({ from: name, to: name, workloads: { type: 'array', items: name, maxItems: 200, uniqueItems: true }, reason }, ['from', 'to', 'reason']),
    answers: { 202: request },
  },
  rollback: {
    method: 'post', path: '/v1/rollbacks', access: 'operator', public: true, repeatable: true, maxBytes: 16_384,
    about: 'Takes one commit of main back by a revert commit, and holds what it brought. `confirm` wants the name of the guarded environment that it changed (production), whichever is asked for.',
    body: record({ environment: name, commit, reason, confirm: { type: 'string', maxLength: 63 } }, ['environment', 'commit', 'reason']),
    answers: { 202: request },
  },
  list: {
    method: 'get', path: '/v1/deployments', access: 'viewer', public: true,
    about: 'The newest 50 requests of all kinds.',
    answers: { 200: all({ deployments: list(request) }) },
  },
  read: {
    method: 'get', path: '/v1/deployments/:id', access: 'viewer', public: true,
    about: 'One request.',
    params: { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' } } },
    answers: { 200: request },
  },
} as const satisfies RouteSet;
