import type { Io } from '../cli/command.ts';
import type { Site } from './site.ts';

/** What goes wrong on purpose, or is done as two people would do it, against a whole running site; what is judged is what workloads answer. */
export interface Drill {
  readonly name: string;
  readonly about: string;
  run(at: DrillRun): Promise<void>;
}
/** The same, but it makes for itself what it needs: no site is started for it. */
export interface Alone extends Omit<Drill, 'run'> {
  run(at: AloneRun): Promise<void>;
}
export interface DrillRun extends AloneRun {
  readonly site: Site;
}
export interface AloneRun {
  readonly io: Io;
  readonly seed: number;
  /** Fewer rounds: shows that the drill works. */
  readonly brief: boolean;
  /** One line of the result: what was to hold, whether it did, and what was seen. */
  check(what: string, passed: boolean, seen?: string): void;
  /** A figure, with its unit in its name. */
  figure(name: string, value: number): void;
}

/**
 * A time that is to be met. In a brief run, which may share its machine with anything, a time that was missed is told as a figure, and
 * fails from twice the limit on; the long run judges the limit itself.
 */
export function inTime({ brief, check, figure }: Pick<AloneRun, 'brief' | 'check' | 'figure'>, what: string, seconds: number, most: number, seen = `${seconds.toFixed(1)} s`): void {
  if (brief && seconds > most && seconds < Math.min(NEVER, 2 * most)) figure(`missed in a brief run: ${what}`, seconds);
  else check(what, seconds <= most, seen);
}
/** What never came about within its patience is told as so many seconds, and is a failure in every run. */
export const NEVER = 99;

/** A small generator of numbers from 0 to 1 (mulberry32): the same seed makes the same drill. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const pick = <T>(random: () => number, all: readonly T[]): T => {
  const one = all[Math.floor(random() * all.length)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
};

/** The figure that every drill has. */
export const SECONDS_IN_ALL = 'seconds in all';
