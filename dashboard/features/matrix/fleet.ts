import type { Cell, Environment, Fleet, Live, LiveWorkload } from '../../api/delivery.ts';

/** The environment that takes its releases from this one. */
export function nextOf(environments: readonly Environment[], name: string): Environment | undefined {
  return environments.find(({ after }) => after === name);
}

/** Every workload that some environment runs, in the order of their names. */
export function workloadNames(environments: readonly Environment[]): readonly string[] {
  return [...new Set(environments.flatMap(({ workloads }) => workloads.map(({ workload }) => workload)))].toSorted();
}

export function cellOf(environment: Environment, workload: string): Cell | undefined {
  return environment.workloads.find((cell) => cell.workload === workload);
}

/** A rollout is under way: something is being started, or watched until it is proven. */
export function isRolling({ rollout }: Cell): boolean {
  return rollout?.phase === 'Progressing';
}

/** The same fleet, with what an event says of one environment. */
export function withLive(fleet: Fleet, state: Live): Fleet {
  return { ...fleet, environments: fleet.environments.map((environment) => (environment.name === state.environment ? withState(environment, state) : environment)) };
}

function withState(environment: Environment, state: Live): Environment {
  const seen = new Map(state.workloads.map((workload) => [workload.name, workload]));
  return {
    ...environment,
    revision: state.revision,
    automatic: state.automatic,
    workloads: environment.workloads.map((cell) => {
      const workload = seen.get(cell.workload);
      return workload ? withWorkload(cell, workload) : cell;
    }),
  };
}

/** What the engine no longer says, like why something is ill, is gone. */
function withWorkload({ workload, revision, provenance, ahead, next, declaredAt }: Cell, { sync, health, why, desired, live, since, drift, rollout }: LiveWorkload): Cell {
  return {
    workload, ahead, sync, health, drift, release: desired.release, live: live.release, replicas: desired.replicas, ready: live.ready,
    ...(revision !== undefined && { revision }), ...(provenance !== undefined && { provenance }), ...(next !== undefined && { next }), ...(declaredAt !== undefined && { declaredAt }),
    ...(why !== undefined && { why }), ...(since !== undefined && { since }), ...(rollout && { rollout }),
  };
}
