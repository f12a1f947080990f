import type { Check, Fact } from './proposal.ts';
import type { Tree } from './tree.ts';

/** A change as a tree whose `synth/` is not rendered yet. */
export interface Made {
  /** The base's own when nothing changed. */
  readonly tree: Tree;
  readonly facts: readonly Fact[];
  /** Whose rendered files may change. */
  readonly environments: readonly string[];
  readonly checks: readonly Check[];
}
