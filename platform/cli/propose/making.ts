import type { Io } from '../command.ts';
import type { Place } from './place.ts';
import type { Tree } from './tree.ts';

/** Where a change is made, and on top of what. */
export interface Making {
  readonly place: Place;
  readonly repository: string;
  readonly commit: string;
  readonly base: Tree;
  readonly signal: Io['signal'];
}
