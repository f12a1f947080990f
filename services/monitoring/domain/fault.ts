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

/** What one process of a workload said last. */
export interface Holder {
  readonly instance: string;
  readonly workload: string;
  /** Ids of faults. */
  readonly held: readonly string[];
  /** Unix time in milliseconds. */
  readonly at: number;
}
/** A process asks each second, or as often as its faults let it. Who was silent for longer does not answer. */
export const ANSWERS_MS = 5000;

export const holds = (id: string) => ({ held }: Holder): boolean => held.includes(id);

/** What the processes that answer say of a fault. */
export const reachOf = ({ id }: Asked, answering: readonly Holder[]) => ({ holding: answering.filter(holds(id)).length, answering: answering.length });

/** Why this strength is none, or undefined. */
export function outOfBounds(kind: FaultKind, strength: number): string | undefined {
  const { least, most, unit } = faultKinds[kind];
  return strength >= least && strength <= most ? undefined : `${kind} takes ${least} to ${most} ${unit}`.trim();
}
