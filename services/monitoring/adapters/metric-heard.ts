import type { Measured } from '../domain/red.ts';
import type { Points } from './metric-points.ts';
import { RING_SECONDS, type Ring } from './metric-ring.ts';

/** What programs have sent to other processes of monitoring in the last minutes, in windows of ten seconds: it is in no memory of this one. */
export interface Heard extends Pick<Ring, 'read' | 'since'> {
  /** @param until unix seconds: what is before it is read from the store */
  refresh(until: number): Promise<void>;
}

export function openHeard(points: Pick<Points, 'heard'>): Heard {
  let measured: readonly Measured[] = [];
  return {
    since: 0,
    read: (names, from, to) => measured.filter(({ at, series }) => at >= from && at < to && (names === 'all' || names.has(series.name))),
    async refresh(until) {
      measured = await points.heard(until - RING_SECONDS);
    },
  };
}
