import type { Place } from './place.ts';

/** One bad change: what it does to the files of main, and how anybody can see that it is there. */
export interface Incident {
  readonly kind: string;
  /** Whose answers become bad. */
  readonly workload: string;
  readonly edits: readonly Edit[];
  /** Is it a build of the workload that brings it? Else what the model says does. */
  readonly released: boolean;
  /** What its commit says: as somebody would who means well. */
  readonly title: string;
  readonly why: string;
  /** What people complain about. Names no cause. */
  readonly symptom: string;
  /** The step of a journey at which it happens: told to those who give up. */
  readonly hop: string;
  /** Asks the workloads themselves. */
  readonly probe: Probe;
}
/** A piece of a file that is there exactly once, and what it becomes. */
export interface Edit { readonly path: string; readonly from: string | RegExp; readonly to: string }
export type Probe = (place: Place) => Promise<Seen>;
/** `seen`: figures and answers, no causes. */
export interface Seen { readonly well: boolean; readonly seen: string }

/** The seed decides the details: which workload, how strong. */
export interface Kind {
  readonly name: string;
  /** For those who give drills, not for those who take them. */
  readonly about: string;
  make(random: () => number): Incident;
}
