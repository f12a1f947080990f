import type { World } from './world.ts';

/** One thing that an enemy might do, and what must come of it. */
export interface Case {
  readonly name: string;
  /** Makes what it needs. Runs before anything is watched. */
  readonly prepare: (world: World) => Prepared;
}
export interface Prepared {
  /** All that the command reads. */
  readonly input: string | Buffer;
  /** @default the world's */
  readonly repository?: string;
  readonly must: Must;
}
export type Must =
  /** Refused with one of these exit codes. */
  | { readonly refuse: readonly number[] }
  /** Taken, and the same bytes change as by the same change to the clean base: a knob of `local`. */
  | { readonly same: 'knob' }
  /** Taken; what else must be true of the commit. @returns what is not */
  | { readonly take: (commit: string) => readonly string[] };

export type Plain = Readonly<Record<string, unknown>>;
export const knob = { kind: 'knob', environment: 'local', knob: 'rateLimit', value: 100 } as const;
/** A good proposal with something else in places. */
export function proposalOf(world: World, more: Plain = {}): Plain {
  return { repository: world.repository, base: world.base, change: knob, title: 'Fewer requests', reason: 'because', author: 'ada', trailers: { 'Requested-by': 'ada' }, ...more };
}
export const saying = (name: string, must: Must, more: (world: World) => Plain): Case =>
  ({ name, prepare: (world) => ({ input: JSON.stringify(proposalOf(world, more(world))), must }) });
export const usage: Must = { refuse: [2] };
export const model: Must = { refuse: [3] };
export const same: Must = { same: 'knob' };
