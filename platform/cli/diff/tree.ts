import { CliError, exit } from '../command.ts';

/** What stands at a path of a tree. A link or a submodule is never followed: it is a problem to be told. */
export type TreeFile = { readonly text: string } | { readonly problem: string };

/** Do both hold the same bytes, or are both not there? */
export function same(one: TreeFile | undefined, other: TreeFile | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return 'text' in one ? 'text' in other && one.text === other.text : 'problem' in other && one.problem === other.problem;
}

/** What the two sides of a diff are read from: a commit, or a map in a test. */
export interface Tree {
  /** Every path that may be asked for, with what tells two contents apart: equal marks are equal bytes. */
  readonly marks: ReadonlyMap<string, string>;
  /** The files at these paths; a path that is not there is not in the answer. */
  read(paths: readonly string[]): Promise<ReadonlyMap<string, TreeFile>>;
}

/** Bounds of one diff: a hundred times what our own trees need. */
export const limits = {
  files: 20_000,
  /** Largest file, in bytes; a larger one is named and not read. */
  fileBytes: 4 * 1_048_576,
  /** All that is read of one tree, in bytes. */
  treeBytes: 128 * 1_048_576,
  /** Values that differ, over all environments. */
  changes: 50_000,
  gitSeconds: 20,
} as const;

/** A tree of texts in memory. */
export function treeOf(texts: ReadonlyMap<string, string>): Tree {
  return {
    marks: texts,
    read: async (paths) => new Map(paths.flatMap((path): [string, TreeFile][] => {
      const text = texts.get(path);
      return text === undefined ? [] : [[path, { text }]];
    })),
  };
}

/** @throws {CliError} exit 3, always */
export function tooMuch(what: string, limit: string): never {
  throw new CliError(exit.model, {
    what, why: `A diff reads at most ${limit}: more would not be read by anybody, and may be meant to stop this program.`,
    fix: 'Name one environment, or two revisions that are nearer to each other; look at the rest with git diff --stat.',
  });
}
