import type { LocalProcess } from '../../targets/local/plan.ts';
import type { Spec } from './instance.ts';
import type { Drift, LiveWorkload } from './live.ts';
import { environmentDrift, environmentOf } from './process-drift.ts';
import { told } from './rollout.ts';
import { endedDrift, specDrift, type Control } from './workload.ts';

export interface Seen {
  /** What the wanted process would be. */
  readonly wanted: Spec;
  /** Processes that claim to be of this workload and are not. */
  readonly extra: readonly Drift[];
  /** Why nobody knows what is wanted. */
  readonly unknown?: string;
}

/** Health, sync and every field that is not as main says. */
export function stateOf(control: Control, { wanted, extra, unknown }: Seen): LiveWorkload {
  const { process } = control.wanted;
  const statuses = control.current.map(({ supervised }) => supervised.status());
  const ready = statuses.filter(({ health }) => health === 'Healthy').length;
  const live = { release: control.current[0]?.spec.release ?? 'none', replicas: control.current.length, ready };
  const drift = [...driftOf(control, wanted), ...extra];
  return {
    name: control.name,
    sync: unknown !== undefined ? 'Unknown' : drift.length > 0 || live.release !== process.release || live.replicas !== process.replicas ? 'OutOfSync' : 'Synced',
    ...healthOf(control, unknown),
    desired: { release: process.release, replicas: process.replicas }, live,
    ...(control.since === undefined ? {} : { since: new Date(control.since).toISOString() }),
    drift, healed: control.noted.filter((noted) => !drift.some((one) => one.field === noted.field && one.live === noted.live)), ...(control.rollout ? { rollout: told(control.rollout) } : {}),
  };
}

/** Runs, though main has it no more. */
export const DROPPED: Drift = { field: 'workload', desired: 'absent', live: 'present' };

/** A workload that only main has: what is on disk here knows no port, no backing and no file of it. */
export function absentState({ name, release, replicas }: LocalProcess): LiveWorkload {
  return {
    name, sync: 'OutOfSync', health: 'Missing', why: 'main has it and this checkout has not: bring main here with `git pull .journey/remote.git main`, then `./journey down` and `./journey up`',
    desired: { release, replicas }, live: { release: 'none', replicas: 0, ready: 0 }, drift: [{ field: 'workload', desired: 'present', live: 'absent' }], healed: [],
  };
}

function healthOf(control: Control, unknown: string | undefined): Pick<LiveWorkload, 'health' | 'why'> {
  const statuses = control.current.map(({ supervised }) => supervised.status());
  const sick = statuses.find(({ health }) => health === 'Degraded') ?? statuses.find(({ health }) => health !== 'Healthy');
  if (control.trouble !== undefined) return { health: 'Degraded', why: control.trouble instanceof Error ? control.trouble.message : String(control.trouble) };
  if (statuses.length === 0) return { health: control.busy ? 'Progressing' : 'Missing' };
  if (control.rollout?.phase === 'Degraded') return { health: 'Degraded', why: control.rollout.evidence.at(-1) ?? 'its rollout failed' };
  if (sick) return { health: sick.health, ...(sick.why === undefined ? {} : { why: sick.why }) };
  if (control.busy && control.rollout) return { health: 'Progressing', why: 'a release is being started beside the one that answers' };
  return { health: 'Healthy', ...(unknown === undefined ? {} : { why: unknown }) };
}

function driftOf(control: Control, wanted: Spec): Drift[] {
  const { process } = control.wanted;
  const secret = secretsOf(process);
  const [first] = control.current;
  const size = control.current.length === process.replicas || !first ? [] : [{ field: 'replicas', desired: String(process.replicas), live: String(control.current.length) }];
  const all = [
    ...(first ? specDrift(wanted, first.spec, secret) : []), ...size,
    ...control.current.flatMap((one): Drift[] => {
      const { health, identity, why } = one.supervised.status();
      const environment = identity && environmentOf(identity.pid);
      if (environment) return environmentDrift(one.spec.env, environment, secret);
      return health === 'Healthy' || control.busy ? [] : [endedDrift(why)];
    }),
  ];
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

/** Values that no page may show. */
export function secretsOf(process: LocalProcess): ReadonlySet<string> {
  return new Set(Object.entries(process.env).filter(([, { from }]) => from === 'secret' || from === 'backing').map(([name]) => name));
}
