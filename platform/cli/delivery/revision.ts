import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isCommit } from '../../../services/kit/git-names.ts';
import { commitOf } from '../../../services/kit/git-objects.ts';
import { GitError, gitText, runGit } from '../../../services/kit/git.ts';
import { CliError, exit } from '../command.ts';
import { folderOf } from '../runner/folder.ts';
import { didYouMean } from '../spelling.ts';

/** What a person may call a revision: a name, digits, `~2`, `^`; never an option, a range, a path or a pattern. */
const NAME = /^(?!.*\.\.)[A-Za-z0-9_@][A-Za-z0-9_./@^~{}-]{0,199}$/;

/**
 * A release as the API takes it: `worktree` and digests as they are; a branch, a tag or some digits of a commit as its 40
 * digits. A commit of this checkout is brought to its remote, where releases are taken from.
 * @throws {CliError} exit 2 for what is no revision here, 5 without git, 1 when the remote does not take it
 */
export async function releaseNamed(root: string, typed: string): Promise<string> {
  if (typed === 'worktree' || /^sha256:[0-9a-f]{64}$/.test(typed)) return typed;
  if (!NAME.test(typed)) throw unknown(typed, 'A revision is named by letters, digits and . _ / @ ^ ~ { } -.', []);
  try {
    const [own, { remote }] = [join(root, '.git'), folderOf(root)];
    const here = existsSync(own) ? await commitNamed(own, typed) : null;
    if (here !== null) return await published(own, remote, here);
    const there = existsSync(remote) && /^[0-9a-f]{7,40}$/.test(typed) ? await commitNamed(remote, typed) : null;
    if (there !== null) return there;
    throw unknown(typed, existsSync(own) ? 'Neither this checkout nor its remote has it, or its digits stand for several.' : 'This folder is no git repository.', await namesIn(own));
  } catch (error) {
    throw error instanceof GitError ? saidBy(error, typed) : error;
  }
}

/** The commit that the checkout stands at; `null` where it has none. */
export async function headOf(root: string): Promise<string | null> {
  const own = join(root, '.git');
  return existsSync(own) ? commitNamed(own, 'HEAD') : null;
}

async function commitNamed(folder: string, name: string): Promise<string | null> {
  const { exit: code, stdout } = await runGit(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], { expected: [0, 1, 128] });
  const commit = stdout.toString('utf8').trim();
  return code === 0 && isCommit(commit) ? commit : null;
}

/**
 * A ref of its own keeps the commit there, whatever becomes of its branch. Where no remote is (the forge is another one, or
 * nothing was started yet) there is nothing to bring it to.
 */
async function published(own: string, remote: string, commit: string): Promise<string> {
  const ref = `refs/journey/releases/${commit}`;
  if (!existsSync(remote) || await commitOf(remote, ref) === commit) return commit;
  const source = await gitText(own, ['rev-parse', '--absolute-git-dir']);
  await runGit(remote, ['fetch', '--quiet', '--no-tags', '--update-shallow', '--no-write-fetch-head', '--', source, `${commit}:${ref}`], { timeoutMs: 120_000 });
  return commit;
}

async function namesIn(own: string): Promise<readonly string[]> {
  if (!existsSync(own)) return [];
  return (await gitText(own, ['for-each-ref', '--count=500', '--format=%(refname:short)', 'refs/heads', 'refs/tags'])).split('\n').filter((name) => name !== '');
}

function unknown(typed: string, why: string, names: readonly string[]): CliError {
  return new CliError(exit.usage, { what: `There is no revision "${typed.slice(0, 200)}".`, why, fix: didYouMean(typed, ['HEAD', 'worktree', ...names]) ?? 'Name a branch, a tag or a commit that `git log` shows, or `worktree` for the files on disk.' });
}

function saidBy(error: GitError, typed: string): CliError {
  if (error.code === 'missing') return new CliError(exit.missing, { what: 'git is not there.', why: error.message, fix: 'Install git 2.38 or newer.' }, error);
  return new CliError(exit.failure, { what: `"${typed}" could not be brought to .journey/remote.git.`, why: error.message, fix: 'Run `git fsck` here; `./journey doctor` looks for what else could be wrong.' }, error);
}
