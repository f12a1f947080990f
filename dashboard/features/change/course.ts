import type { ChangeRequest } from '../../api/delivery.ts';

export type Status = ChangeRequest['status'];
/** The stops of a change that goes well, in their order. */
export const stops = ['requested', 'proposed', 'merged', 'succeeded'] as const;
export type Stop = (typeof stops)[number];
const ends: ReadonlySet<Status> = new Set<Status>(['succeeded', 'unchanged', 'refused', 'closed', 'failed', 'rolledBack']);

export interface StopState { readonly stop: Stop; readonly state: 'passed' | 'here' | 'ended' | 'ahead' }

/** Nothing more will happen to it. */
export function hasEnded(status: Status): boolean {
  return ends.has(status);
}

/** Something is being done for it at this moment; while it waits for a person, nothing is. */
export function isMoving(status: Status): boolean {
  return status === 'requested' || status === 'merged';
}

/** It is on main, and that is all: nobody saw it answer. Its outcome says why. */
export function onlyOnMain({ status, outcome }: Pick<ChangeRequest, 'status' | 'outcome'>): boolean {
  return status === 'succeeded' && outcome !== undefined;
}

/**
 * Where a change stands on its line. One that ended otherwise than asked ends at the stop that it did not reach; the line of
 * one that nobody saw answer ends on main.
 */
export function courseOf(request: Pick<ChangeRequest, 'status' | 'pull' | 'commit' | 'outcome'>): readonly StopState[] {
  const { status, pull, commit } = request;
  if (onlyOnMain(request)) return stops.filter((stop) => stop !== 'succeeded').map((stop) => ({ stop, state: 'passed' }));
  const at = stops.findIndex((stop) => stop === status);
  const endedAt = commit !== undefined ? 3 : pull !== undefined ? 2 : 1;
  return stops.map((stop, index) => {
    if (at >= 0) return { stop, state: index < at || status === 'succeeded' ? 'passed' : index === at ? 'here' : 'ahead' };
    return { stop, state: index < endedAt ? 'passed' : index === endedAt ? 'ended' : 'ahead' };
  });
}
