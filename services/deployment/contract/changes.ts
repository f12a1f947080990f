import type { RouteSet } from '../../kit/contract.ts';
import { request } from './requests.ts';
import { commit, name, release, reason, record, all } from './shape.ts';

/** Asking for a change. How far it has got is read more often, and is a part of its own (requests.ts). */
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
} as const satisfies RouteSet;
