import { existsSync } from 'node:fs';
import { GitError, gitText, runGit } from '../../../services/kit/git.ts';
import { isCommit } from '../../../services/kit/git-names.ts';
import { CliError, exit } from '../command.ts';
import { didYouMean } from '../spelling.ts';
import { commitTree, type Blobs } from './commit-tree.ts';
import { diffOf } from './diff.ts';
import { environmentsIn } from './place.ts';
import type { Diff } from './fact.ts';
import { limits } from './tree.ts';

/** What a person may call a revision: a name, digits, `~2`, `^`, `@{1}`; never an option, a path or a pattern. */
const REVISION = /^[A-Za-z0-9_@][A-Za-z0-9_./@^~{}-]{0,199}$/;

export interface Between {
  /** The git folder, absolute: a bare repository, or `.git`. */
  readonly folder: string;
  readonly from: string;
  readonly to: string;
  readonly environment?: string | undefined;
  readonly signal?: AbortSignal;
}

/** `main..change`, `main..` (to HEAD). @throws {CliError} exit 2 */
export function rangeOf(typed: string): { readonly from: string; readonly to: string } {
  const parts = typed.split('..');
  const [from = '', to = ''] = parts;
  if (parts.length === 2 && !typed.includes('...') && from !== '') return { from, to: to === '' ? 'HEAD' : to };
  throw new CliError(exit.usage, {
    what: `${JSON.stringify(typed.slice(0, 200))} is no range of two revisions.`,
    why: typed.includes('...') ? 'Three dots would start at a common ancestor that nobody named.' : 'A diff needs the revision before and the one after.',
    fix: 'Write it with two dots: main..HEAD; from where two branches parted: $(git merge-base main HEAD)..HEAD.',
  });
}

/**
 * The diff between two revisions of a repository. Nothing of either is run, checked out or written.
 * @throws {CliError} exit 2 for an unknown revision or environment, 3 for a tree that is too large or damaged, 4 when git takes too long, 5 without git
 */
export async function diffBetween({ folder, from, to, environment, signal }: Between): Promise<Diff> {
  try {
    const [before, after] = [await commitNamed(folder, from), await commitNamed(folder, to)];
    const blobs: Blobs = new Map();
    const trees = { before: await commitTree(folder, before, blobs), after: await commitTree(folder, after, blobs) };
    signal?.throwIfAborted();
    const known = environmentsIn(trees);
    if (environment !== undefined && !known.includes(environment)) {
      throw new CliError(exit.usage, {
        what: `There is no environment ${JSON.stringify(environment.slice(0, 100))}.`, why: known.length === 0 ? 'Neither revision has a folder in synth/.' : `The two revisions have ${known.join(', ')}.`,
        fix: didYouMean(environment.slice(0, 100), known) ?? 'Name one of them, or none for all.',
      });
    }
    return await diffOf({ ...trees, from: before, to: after, environment });
  } catch (error) {
    throw error instanceof GitError ? saidBy(error, folder) : error;
  }
}

/** Has the repository both ends of a range? False as well where there is none, or where a name is none: `diffBetween` says why. */
export async function hasBoth(folder: string, { from, to }: { readonly from: string; readonly to: string }): Promise<boolean> {
  const found = await Promise.all([from, to].map((name) => commitNamed(folder, name).then(() => true, () => false)));
  return found.every(Boolean);
}

async function commitNamed(folder: string, name: string): Promise<string> {
  if (!REVISION.test(name) || name.includes('..')) {
    throw new CliError(exit.usage, {
      what: `${JSON.stringify(name.slice(0, 200))} is no name of a revision.`, why: 'A revision is named by letters, digits and . _ / @ ^ ~ { } -, and starts with a letter, a digit, _ or @.',
      fix: 'Name branches, tags or commits, as in main..HEAD.',
    });
  }
  if (!existsSync(folder)) return unknown(name, `${folder.endsWith('.git') ? 'This folder is no git repository' : 'There is no git folder'}.`, 'Run it in a checkout, or name a repository: --repository <folder>');
  const { exit: code, stdout } = await runGit(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], { expected: [0, 1, 128] });
  const commit = stdout.toString('utf8').trim();
  if (code === 0 && isCommit(commit)) return commit;
  const refs = (await gitText(folder, ['for-each-ref', '--count=500', '--format=%(refname:short)', 'refs/heads', 'refs/tags', 'refs/remotes'])).split('\n').filter((ref) => ref !== '');
  return unknown(name, refs.length === 0 ? 'The repository has no branch and no tag.' : `The repository has ${refs.slice(0, 8).join(', ')}${refs.length > 8 ? ` and ${refs.length - 8} more` : ''}.`,
    didYouMean(name, ['HEAD', ...refs]) ?? 'Name a branch, a tag, or a commit that `git log` or `./journey history` shows.');
}

function unknown(name: string, why: string, fix: string): never {
  throw new CliError(exit.usage, { what: `There is no revision ${JSON.stringify(name)}.`, why, fix });
}

function saidBy(error: GitError, folder: string): CliError {
  const why = error.message.replaceAll(folder, 'the repository');
  if (error.code === 'missing') return new CliError(exit.missing, { what: 'git is not there.', why, fix: 'Install git 2.38 or newer.' }, error);
  if (error.code === 'timeout') return new CliError(exit.unhealthy, { what: `git did not answer within ${limits.gitSeconds} seconds.`, why, fix: 'Try again when the machine is calmer; `git fsck` shows whether the repository is well.' }, error);
  return new CliError(exit.model, { what: 'The repository cannot be read.', why, fix: 'Run git fsck in it; a revision that is too large cannot be compared.' }, error);
}
