import { added, type Exemplar, type Point, type Series } from '../domain/metric.ts';
import type { Growth } from '../domain/metric-growth.ts';
import type { Measured } from '../domain/red.ts';

/** The last minutes, second by second, in memory. A series that did nothing in a second takes no place in it. */
export interface Ring {
  /** @param at unix seconds */
  add(at: number, grown: readonly Growth[]): void;
  /** Of these names, in seconds from `from` to before `to`. */
  read(names: ReadonlySet<string> | 'all', from: number, to: number): Measured[];
  /** Unix seconds: what is older is not here (any more). */
  readonly since: number;
  /** Series and points that are in memory now. */
  readonly points: number;
}
export const RING_SECONDS = 600;
/** About 200 bytes each: 40 MB. Beyond it the oldest seconds go earlier. */
const MOST_POINTS = 200_000;

interface Second { readonly at: number; readonly points: Map<Series, { point: Point; exemplar?: Exemplar }> }

export function openRing(startedAt = Math.floor(Date.now() / 1000)): Ring {
  const seconds: Second[] = [];
  let [since, points] = [startedAt, 0];

  function secondOf(at: number): Second {
    const last = seconds.at(-1);
    // A clock that was set back: it counts in the newest second, so that the list stays in order.
    if (last && last.at >= at) return last;
    const next: Second = { at, points: new Map() };
    seconds.push(next);
    return next;
  }
  function forget(now: number): void {
    while (seconds[0] && (seconds[0].at <= now - RING_SECONDS || points > MOST_POINTS)) {
      points -= seconds[0].points.size;
      since = seconds[0].at + 1;
      seconds.shift();
    }
  }
  return {
    get since() { return since; },
    get points() { return points; },
    add(at, grown) {
      const second = secondOf(at);
      for (const { series, point, exemplars } of grown) {
        const before = second.points.get(series);
        const exemplar = slowest([...(before?.exemplar ? [before.exemplar] : []), ...exemplars]);
        if (!before) points += 1;
        second.points.set(series, { point: added(before?.point, point), ...(exemplar ? { exemplar } : {}) });
      }
      forget(second.at);
    },
    read: (names, from, to) => seconds.filter(({ at }) => at >= from && at < to).flatMap(({ at, points }) =>
      [...points].flatMap(([series, kept]) => (names === 'all' || names.has(series.name) ? [{ at, series, ...kept }] : []))),
  };
}

/** Two as one, to read. */
export const bothOf = (one: Ring, other: Ring): Pick<Ring, 'read' | 'since'> => ({
  get since() { return Math.max(one.since, other.since); },
  read: (...wanted) => [...one.read(...wanted), ...other.read(...wanted)],
});

export function slowest(all: readonly Exemplar[]): Exemplar | undefined {
  return all.reduce<Exemplar | undefined>((most, one) => (most === undefined || one.seconds > most.seconds ? one : most), undefined);
}
