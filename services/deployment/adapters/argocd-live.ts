import { driftOf, stateOf } from './argocd-drift.ts';
import type { LiveEnvironment, LiveWorkload, Rollout } from '../domain/live.ts';
import type { Application, OperationState, ResourceDiff } from './argocd-application.ts';

/** An application with what it manages. */
export interface Seen { readonly application: Application; readonly resources: readonly ResourceDiff[] }

/** A workload that gets sick later than this after its rollout is not the rollout's failure; Kubernetes gives one up after ten minutes (`progressDeadlineSeconds`). */
const ROLLOUT_MS = 15 * 60_000;

/** What Argo CD sees of one environment, in our words. @param seen one application per workload, named `<environment>-<workload>` */
export function liveOf(environment: string, seen: readonly Seen[], now: Date): LiveEnvironment {
  // While applications differ, the environment is at the commit of the one that was compared longest ago.
  const oldest = seen.map(({ application }) => application).toSorted((a, b) => (a.status?.reconciledAt ?? '').localeCompare(b.status?.reconciledAt ?? ''))[0];
  return {
    engine: 'Argo CD', environment, revision: oldest?.status?.sync?.revision || null, automatic: seen.every(({ application }) => isAutomatic(application)),
    observedAt: now.toISOString(), workloads: seen.map((one) => workloadOf(environment, one)).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** `automated` without `enabled` is on (Argo CD: Automated Sync Policy). */
export function isAutomatic({ spec }: Application): boolean {
  const automated = spec.syncPolicy?.automated;
  return automated !== undefined && automated !== null && automated.enabled !== false;
}

function workloadOf(environment: string, { application, resources }: Seen): LiveWorkload {
  const { status } = application;
  const name = application.metadata.name.slice(environment.length + 1);
  const deployment = resources.find((one) => one.kind === 'Deployment' && one.name === name);
  const [target, live] = [stateOf(deployment?.targetState), stateOf(deployment?.liveState)];
  const desired = { release: releaseIn(target), replicas: numberIn(target, ['spec', 'replicas']) ?? numberIn(live, ['spec', 'replicas']) ?? 0 };
  const why = [status?.health?.message, ...(status?.conditions ?? []).map(({ message }) => message)].filter((one) => one !== undefined && one !== '').join('; ');
  const since = status?.history?.at(-1)?.deployedAt;
  const rollout = status?.operationState === undefined ? undefined : rolloutOf(application, status.operationState, desired.release);
  return {
    name, sync: oneOf(SYNCS, status?.sync?.status), health: oneOf(HEALTHS, status?.health?.status), desired,
    live: { release: releaseIn(live), replicas: numberIn(live, ['spec', 'replicas']) ?? 0, ready: numberIn(live, ['status', 'readyReplicas']) ?? 0 },
    drift: status?.sync?.status === 'OutOfSync' ? driftOf(resources) : [],
    ...(why === '' ? {} : { why: why.slice(0, 500) }), ...(since === undefined ? {} : { since }), ...(rollout === undefined ? {} : { rollout }),
  };
}

function rolloutOf({ status }: Application, operation: OperationState, release: string): Rollout {
  const { syncResult, startedAt, finishedAt, message } = operation;
  const failed = (syncResult?.resources ?? []).filter((one) => one.status === 'SyncFailed' || one.hookPhase === 'Failed' || one.hookPhase === 'Error');
  const phase = phaseOf(operation, status?.health);
  const evidence = phase !== 'Degraded' ? [] : [
    ...(message === undefined || message === '' ? [] : [message]),
    ...failed.map(({ kind = '', name = '', message: said = '' }) => `${kind}/${name}: ${said}`),
    ...(status?.health?.message === undefined ? [] : [status.health.message]),
    ...(status?.conditions ?? []).map((one) => `${one.type}: ${one.message}`),
  ];
  return {
    release, commit: syncResult?.revision ?? '', phase, tested: isTested(operation), startedAt, evidence: evidence.map((one) => one.slice(0, 500)).slice(0, 20),
    ...(finishedAt === undefined ? {} : { endedAt: finishedAt }),
  };
}

/** Only a whole sync runs hooks: a heal and a sync of parts succeed without. `hookPhase` alone says nothing, plain objects have one, too. */
function isTested({ syncResult }: OperationState): boolean {
  return (syncResult?.resources ?? []).some(({ hookType, hookPhase }) => hookType === 'PostSync' && hookPhase === 'Succeeded');
}

/** An operation has succeeded when what it applied was healthy and the hooks that it ran have passed; which ones it ran says `isTested`. */
function phaseOf({ phase, finishedAt }: OperationState, health: NonNullable<Application['status']>['health']): Rollout['phase'] {
  if (phase === 'Failed' || phase === 'Error') return 'Degraded';
  if (phase !== 'Succeeded') return 'Progressing';
  if (health?.status === 'Healthy') return 'Healthy';
  if (health?.status !== 'Degraded') return 'Progressing';
  const [ended, sick] = [Date.parse(finishedAt ?? ''), Date.parse(health.lastTransitionTime ?? '')];
  return sick - ended > ROLLOUT_MS ? 'Healthy' : 'Degraded';
}

const SYNCS = ['Synced', 'OutOfSync', 'Unknown'] as const;
const HEALTHS = ['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'] as const;
function oneOf<const T extends 'Unknown' | string>(words: readonly T[], word: string | undefined): T | 'Unknown' {
  return words.find((one) => one === word) ?? 'Unknown';
}

/** The digest of the first container's image; `unbuilt` for the digest of nothing. */
function releaseIn(state: unknown): string {
  const containers = at(state, ['spec', 'template', 'spec', 'containers']);
  const image: unknown = Array.isArray(containers) ? at(containers[0], ['image']) : undefined;
  if (typeof image !== 'string') return '';
  const release = image.slice(image.indexOf('@') + 1);
  return release === `sha256:${'0'.repeat(64)}` ? 'unbuilt' : release;
}
function numberIn(state: unknown, path: readonly string[]): number | undefined {
  const value = at(state, path);
  return typeof value === 'number' ? value : undefined;
}
function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined), value);
}
