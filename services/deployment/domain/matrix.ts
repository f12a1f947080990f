import { releaseOf, workloadsOf, type DeclaredNode, type Journey } from './declared.ts';
import type { Drift, LiveEnvironment, LiveWorkload, Rollout } from './live.ts';

/** The contract's `cell`: one workload in one environment. */
export interface Cell {
  readonly workload: string;
  readonly release: string;
  /** Of an image: what it was built from, and who built it. */
  readonly revision?: string;
  readonly provenance?: string;
  readonly sync: LiveWorkload['sync'];
  readonly health: LiveWorkload['health'];
  readonly why?: string;
  readonly live?: string;
  readonly replicas?: number;
  readonly ready?: number;
  readonly since?: string;
  readonly ahead: number;
  /** Where a promotion would go. */
  readonly next?: string;
  readonly drift: readonly Drift[];
  readonly rollout?: Rollout;
  readonly declaredAt?: string;
}

/**
 * The cells of one environment: what main says, beside what its engine sees.
 * @param next the environment after it, if any
 * @param ahead by workload: how many changes it is behind
 */
export function cellsOf(journey: Journey, live: LiveEnvironment | null, next: { readonly name: string; readonly journey: Journey } | null, ahead: Readonly<Record<string, number>>): readonly Cell[] {
  return workloadsOf(journey).map((workload): Cell => {
    const node = journey.nodes.find((one) => one.kind === 'workload' && one.name === workload);
    const release = releaseOf(journey, workload);
    const promotable = next !== null && release !== 'unbuilt' && workloadsOf(next.journey).includes(workload) && releaseOf(next.journey, workload) !== release;
    return {
      workload, release, ...declaredIn(node), ahead: ahead[workload] ?? 0, ...(promotable ? { next: next.name } : {}),
      ...seenIn(live?.workloads.find(({ name }) => name === workload), live !== null),
    };
  });
}

/**
 * How many changes lie between two releases of a workload: the commits that changed it in the environment before, since that
 * one had what this one has. @param history values of the environment before, newest first
 */
export function changesBetween(history: readonly (string | undefined)[], own: string): number {
  let changes = 0;
  let last: string | undefined;
  for (const value of history) {
    if (value === own) break;
    if (value !== last && value !== undefined) changes += 1;
    last = value;
  }
  return changes;
}

function declaredIn(node: DeclaredNode | undefined): Pick<Cell, 'revision' | 'provenance' | 'declaredAt'> {
  return {
    ...(node?.source === undefined ? {} : { revision: node.source }), ...(node?.provenance === undefined ? {} : { provenance: node.provenance }),
    ...(node?.declaredAt === undefined ? {} : { declaredAt: node.declaredAt }),
  };
}

function seenIn(seen: LiveWorkload | undefined, watched: boolean): Omit<Cell, 'workload' | 'release' | 'ahead'> {
  if (seen === undefined) return { sync: 'Unknown', health: watched ? 'Missing' : 'Unknown', drift: [] };
  const { sync, health, live, drift, why, since, rollout } = seen;
  return {
    sync, health, drift, live: live.release, replicas: live.replicas, ready: live.ready,
    ...(why === undefined ? {} : { why }), ...(since === undefined ? {} : { since }), ...(rollout === undefined ? {} : { rollout }),
  };
}
