import type { RouteSet } from '../../kit/contract.ts';
import { string, time, count, reason, list, record, all, inEnvironment } from './shape.ts';

const health = { enum: ['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'] } as const;
const sync = { enum: ['Synced', 'OutOfSync', 'Unknown'] } as const;
const drifted = all({ field: string, desired: string, live: string });
/** What was not as main says in the last minute and is again: healing is often faster than anybody looks. */
const healed = all({ field: string, desired: string, live: string, at: time });
const rollout = record({
  release: string, commit: string, phase: { enum: ['Progressing', 'Healthy', 'Degraded'] }, tested: { type: 'boolean' }, startedAt: time, endedAt: time, evidence: list(string),
}, ['release', 'commit', 'phase', 'startedAt', 'evidence']);
const liveWorkload = record({
  name: string, sync, health, why: string,
  desired: all({ release: string, replicas: count }), live: all({ release: string, replicas: count, ready: count }),
  since: time, drift: list(drifted), healed: list(healed), rollout,
}, ['name', 'sync', 'health', 'desired', 'live', 'drift']);
/** What the engine sees of one environment. */
const live = record({
  engine: string, environment: string, revision: { type: ['string', 'null'] }, automatic: { type: 'boolean' }, observedAt: time, workloads: list(liveWorkload),
}, ['engine', 'environment', 'revision', 'automatic', 'observedAt', 'workloads']);
const cell = record({
  workload: string, release: string, revision: string, provenance: string, sync, health, why: string, live: string, replicas: count, ready: count, since: time,
  ahead: count, next: string, drift: list(drifted), rollout, declaredAt: string,
}, ['workload', 'release', 'sync', 'health', 'ahead', 'drift']);
const environment = record({
  name: string, kind: string, connected: { type: 'boolean' }, engine: string, why: string, revision: { type: ['string', 'null'] }, automatic: { type: 'boolean' },
  after: string, approvals: all({ release: count, model: count }), window: string, open: { type: 'boolean' }, soakMinutes: count,
  knobs: list(all({ name: string, about: string, value: { type: ['string', 'number'] }, declaredAt: string })), workloads: list(cell),
}, ['name', 'connected', 'approvals', 'open', 'knobs', 'workloads']);

/** What runs where, and what makes it so. */
export const fleetRoutes = {
  listEnvironments: {
    method: 'get', path: '/v1/environments', access: 'viewer', public: true,
    about: 'Workload by environment: release, sync, health, age, and how many changes the next one is behind.',
    answers: { 200: all({ head: { type: ['string', 'null'] }, environments: list(environment) }) },
  },
  listDrift: {
    method: 'get', path: '/v1/drift', access: 'viewer', public: true, about: 'Everything in the fleet that is not as main says, with the exact field.',
    answers: { 200: record({
      drift: list(all({ environment: string, workload: string, field: string, desired: string, live: string })),
      healed: list(all({ environment: string, workload: string, field: string, desired: string, live: string, at: time })), unwatched: list(all({ environment: string, why: string })),
    }, ['drift', 'unwatched']) },
  },
  sync: {
    method: 'post', path: '/v1/environments/:environment/sync', access: 'operator', public: true, about: 'Makes the environment what main says, now.',
    params: inEnvironment, body: all({ reason }), answers: { 202: live },
  },
  setAutomatic: {
    method: 'put', path: '/v1/environments/:environment/automatic', access: 'operator', public: true, about: 'Switches automatic sync.',
    params: inEnvironment, body: all({ automatic: { type: 'boolean' }, reason }), answers: { 200: live },
  },
  listEvents: {
    method: 'get', path: '/v1/environments/:environment/events', access: 'viewer', public: true, stream: true,
    about: 'Server-sent events: the state of the environment whenever it changes, from the first.',
    params: inEnvironment, answers: { 200: null },
  },
} as const satisfies RouteSet;
