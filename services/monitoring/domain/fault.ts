import type { Fault, Faults } from '../../kit/faults/faults.ts';
import { faultKinds, type FaultKind } from '../../kit/faults/kinds.ts';

/** A fault as it was asked for. */
export interface Asked {
  readonly id: string;
  readonly workload: string;
  readonly kind: FaultKind;
  readonly strength: number;
  readonly reason: string;
  readonly by: string;
  /** Unix time in milliseconds. */
  readonly since: number;
  readonly until: number;
}

/** What the workload says of its own faults: this one, none of that kind, or nothing at all. */
export function stateOf({ kind, until }: Asked, own: readonly Fault[] | undefined): 'on' | 'gone' | 'unknown' {
  if (own === undefined) return 'unknown';
  return own.some((one) => one.kind === kind && one.until === until) ? 'on' : 'gone';
}

/** Why this strength is none, or undefined. */
export function outOfBounds(kind: FaultKind, strength: number): string | undefined {
  const { least, most, unit } = faultKinds[kind];
  return strength >= least && strength <= most ? undefined : `${kind} takes ${least} to ${most} ${unit}`.trim();
}

export type OwnFaults = Pick<Faults, 'list' | 'begin' | 'end'>;
