import { expect, test } from '@jest/globals';
import type { Application, OperationState, ResourceDiff } from './argocd-application.ts';
import { driftOf, stateOf } from './argocd-drift.ts';
import { isAutomatic, liveOf } from './argocd-live.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const operation: OperationState = { phase: 'Succeeded', startedAt: '2026-01-01T10:00:00Z', finishedAt: '2026-01-01T10:01:00Z', syncResult: { revision: 'r1' } };
const application = (status: Application['status'] = {}, automated: object | null | undefined = {}): Application =>
  ({ metadata: { name: 'dev-gateway' }, spec: { project: 'dev', syncPolicy: { automated } }, status } as Application);
const deployment = (image: string, replicas?: number, ready?: number) => JSON.stringify({ spec: { ...(replicas === undefined ? {} : { replicas }), template: { spec: { containers: [{ image }] } } }, status: { readyReplicas: ready } });
const resource = (change: Partial<ResourceDiff> = {}): ResourceDiff => ({ kind: 'Deployment', name: 'gateway', targetState: deployment(`r/gateway@${digest}`, 2), liveState: deployment(`r/gateway@${digest}`, 2, 1), ...change });
const workload = (status: Application['status'], resources: readonly ResourceDiff[] = [resource()]) => liveOf('dev', [{ application: application(status), resources }], new Date(0)).workloads[0];
const phase = (change: Partial<OperationState>, health: object = { status: 'Healthy' }) => workload({ operationState: { ...operation, ...change }, health })?.rollout?.phase;

test('releases and sizes come from the Deployment', () => {
  expect(workload({})).toMatchObject({ name: 'gateway', sync: 'Unknown', health: 'Unknown', desired: { release: digest, replicas: 2 }, live: { release: digest, replicas: 2, ready: 1 }, drift: [] });
  expect(workload({}, [])).toMatchObject({ desired: { release: '', replicas: 0 }, live: { release: '', replicas: 0, ready: 0 } });
  // An autoscaler owns the number: git names none.
  expect(workload({}, [resource({ targetState: deployment('r/gateway:1') })])?.desired).toEqual({ release: 'r/gateway:1', replicas: 2 });
  expect(workload({}, [resource({ targetState: deployment(`r/gateway@sha256:${'0'.repeat(64)}`, 1), liveState: 'null' })])).toMatchObject({ desired: { release: 'unbuilt' }, live: { release: '', ready: 0 } });
});

test.each<[string, Partial<OperationState>, object | undefined, string]>([
  ['runs', { phase: 'Running' }, undefined, 'Progressing'], ['is ended', { phase: 'Terminating' }, undefined, 'Progressing'], ['failed', { phase: 'Failed' }, undefined, 'Degraded'], ['could not begin', { phase: 'Error' }, undefined, 'Degraded'],
  ['is done and healthy', {}, undefined, 'Healthy'], ['is done and still starts', {}, { status: 'Progressing' }, 'Progressing'],
  ['is done and fell over', {}, { status: 'Degraded', lastTransitionTime: '2026-01-01T10:05:00Z' }, 'Degraded'], ['is done and of unknown age', {}, { status: 'Degraded' }, 'Degraded'],
  ['was done long before it fell over', {}, { status: 'Degraded', lastTransitionTime: '2026-01-01T12:00:00Z' }, 'Healthy'],
])('an operation that %s', (_, change, health, expected) => expect(phase(change, health)).toBe(expected));

test('a failure shows its evidence, a success none', () => {
  const status: Application['status'] = {
    health: { status: 'Degraded', message: 'Deployment has exceeded its progress deadline' }, conditions: [{ type: 'SyncError', message: 'one or more tasks failed' }],
    operationState: { ...operation, phase: 'Failed', message: 'one or more synchronization tasks completed unsuccessfully', syncResult: { revision: 'r1', resources: [{ kind: 'Job', name: 'gateway-smoke-test', hookPhase: 'Failed', message: 'exit 1' }, { kind: 'Service', name: 'gateway', status: 'Synced' }, { status: 'SyncFailed' }, { hookPhase: 'Error' }] } },
  };
  expect(workload(status)).toMatchObject({ why: 'Deployment has exceeded its progress deadline; one or more tasks failed', rollout: {
    commit: 'r1', phase: 'Degraded', endedAt: operation.finishedAt,
    evidence: ['one or more synchronization tasks completed unsuccessfully', 'Job/gateway-smoke-test: exit 1', '/: ', '/: ', 'Deployment has exceeded its progress deadline', 'SyncError: one or more tasks failed'],
  } });
  expect(workload({ operationState: operation, health: { status: 'Healthy' }, history: [{ deployedAt: 'x' }] })).toMatchObject({ since: 'x', rollout: { evidence: [] } });
  const { finishedAt: _, syncResult: __, ...bare } = operation;
  expect(workload({ operationState: { ...bare, phase: 'Failed' } })?.rollout).toEqual({ release: digest, commit: '', phase: 'Degraded', tested: false, startedAt: operation.startedAt, evidence: [] });
});

test('a smoke test has passed when a PostSync hook has; a heal runs none', () => {
  type Resources = NonNullable<OperationState['syncResult']>['resources'];
  const tested = (resources: Resources) => workload({ operationState: { ...operation, syncResult: { revision: 'r1', ...(resources === undefined ? {} : { resources }) } }, health: { status: 'Healthy' } })?.rollout;
  const job = { kind: 'Job', name: 'gateway-smoke', message: 'Reached expected number of succeeded pods' };
  // As Argo CD writes it: what is no hook has a phase, too.
  const applied = { kind: 'Deployment', name: 'gateway', status: 'Synced', hookPhase: 'Running' };
  expect(tested([applied, { ...job, hookType: 'PostSync', hookPhase: 'Succeeded' }])).toMatchObject({ phase: 'Healthy', tested: true });
  for (const resources of [[{ ...applied, hookPhase: 'Succeeded' }], [{ ...job, hookType: 'Sync', hookPhase: 'Succeeded' }], [{ ...job, hookType: 'PostSync', hookPhase: 'Running' }], [], null, undefined])
    expect(tested(resources)).toMatchObject({ phase: 'Healthy', tested: false });
});

test('an environment is at the commit that was compared longest ago, and automatic when all of it is', () => {
  const of = (revision: string, reconciledAt?: string, automated: object | null | undefined = {}) => ({ application: application({ sync: { revision }, ...(reconciledAt === undefined ? {} : { reconciledAt }) }, automated), resources: [] });
  expect(liveOf('dev', [of('new', '2026-01-02'), of('old', '2026-01-01')], new Date(0))).toMatchObject({ revision: 'old', automatic: true });
  expect(liveOf('dev', [of('new', '2026-01-02'), of('never')], new Date(0)).revision).toBe('never');
  expect(liveOf('dev', [of('a'), of('b', undefined, { enabled: false })], new Date(0)).automatic).toBe(false);
  expect(liveOf('dev', [of('')], new Date(0)).revision).toBeNull();
  expect([isAutomatic(application({}, null)), isAutomatic({ metadata: { name: 'x' }, spec: { project: 'dev', syncPolicy: null } }), isAutomatic(application({}, { enabled: true }))]).toEqual([false, false, true]);
});

test('every field that lives otherwise is named', () => {
  const [predictedLiveState, normalizedLiveState] = [{ spec: { replicas: 2, list: ['a', 'b'], same: 1 } }, { spec: { replicas: 5, list: ['a'], same: 1, extra: { x: 1 } } }].map((one) => JSON.stringify(one));
  expect(driftOf([{ kind: 'Deployment', name: 'gateway', targetState: '{}', liveState: '{}', predictedLiveState, normalizedLiveState } as ResourceDiff])).toEqual([
    { field: 'Deployment/gateway spec.replicas', desired: '2', live: '5' }, { field: 'Deployment/gateway spec.list.1', desired: 'b', live: 'absent' }, { field: 'Deployment/gateway spec.extra', desired: 'absent', live: '{"x":1}' },
  ]);
  expect(driftOf([resource({ liveState: 'null' }), resource({ targetState: '' }), resource({ hook: true, liveState: 'null' }), { kind: 'X', name: 'y' }])).toEqual([
    { field: 'Deployment/gateway', desired: 'present', live: 'absent' }, { field: 'Deployment/gateway', desired: 'absent', live: 'present' },
  ]);
  expect([stateOf('{'), stateOf(undefined), stateOf('7')]).toEqual([null, null, 7]);
});
