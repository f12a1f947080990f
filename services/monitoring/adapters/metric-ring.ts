import { added, type Exemplar, type Point, type Series } from '../domain/metric.ts';
import type { Growth } from '../domain/metric-growth.ts';
import type { Measured } from '../domain/red.ts';

/** The last minutes, second by second, in memory. A series that did nothing in a second takes no place in it. */
export interface Ring {
  /** @param at unix seconds */
  add(at: number, grown: readonly Growth[]): void;
  /** What others have counted before this life began, in windows that are still open. */
  inherit(measured: readonly Measured[]): void;
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

const JUMP_SECONDS = 10;

interface Second { readonly at: number; readonly points: Map<Series, { point: Point; exemplar?: Exemplar }> }

export function openRing(startedAt = Math.floor(Date.now() / 1000)): Ring {
  const seconds: Second[] = [];
  let [since, points] = [startedAt, 0];

  function secondOf(at: number): Second {
    const future = seconds.filter((second) => second.at > at + JUMP_SECONDS);
    seconds.length -= future.length;
    const last = seconds.at(-1);
    // A clock that was set back a little: it counts in the newest second, so that the list stays in order.
    if (last && last.at >= at) return last;
    const next: Second = { at, points: new Map() };
    seconds.push(next);
    // A clock that had been far ahead: what it counted then was now.
    points -= future.reduce((sum, second) => sum + second.points.size, 0);
    for (const second of future) for (const [series, { point, exemplar }] of second.points) addTo(next, series, point, exemplar ? [exemplar] : []);
    return next;
  }
  function addTo(second: Second, series: Series, point: Point, exemplars: readonly Exemplar[]): void {
    const before = second.points.get(series);
    const exemplar = slowest([...(before?.exemplar ? [before.exemplar] : []), ...exemplars]);
    if (!before) points += 1;
    second.points.set(series, { point: added(before?.point, point), ...(exemplar ? { exemplar } : {}) });
  }
  function forget(now: number): void {
    while (seconds[0] && (seconds[0].at <= now - RING_SECONDS || points > MOST_POINTS)) {
      points -= seconds[0].points.size;
      since = Math.max(since, seconds[0].at + 1);
      seconds.shift();
    }
  }
  return {
    get since() { return since; },
    get points() { return points; },
    add(at, grown) {
      const second = secondOf(at);
      for (const { series, point, exemplars } of grown) addTo(second, series, point, exemplars);
      forget(second.at);
    },
    inherit(measured) {
      for (const [at, some] of [...Map.groupBy(measured, ({ at }) => at)].toSorted(([a], [b]) => a - b)) {
        const second = secondOf(at);
        for (const { series, point, exemplar } of some) addTo(second, series, point, exemplar ? [exemplar] : []);
      }
    },
    read: (names, from, to) => seconds.filter(({ at }) => at >= from && at < to).flatMap(({ at, points }) =>
      [...points].flatMap(([series, kept]) => (names === 'all' || names.has(series.name) ? [{ at, series, ...kept }] : []))),
  };
}

/** Several as one, to read. */
export const allOf = (rings: readonly Pick<Ring, 'read' | 'since'>[]): Pick<Ring, 'read' | 'since'> => ({
  get since() { return Math.max(...rings.map(({ since }) => since)); },
  read: (...wanted) => rings.flatMap((ring) => ring.read(...wanted)),
});

export function slowest(all: readonly Exemplar[]): Exemplar | undefined {
  return all.reduce<Exemplar | undefined>((most, one) => (most === undefined || one.seconds > most.seconds ? one : most), undefined);
}
