import { commitOf } from '../../kit/git-objects.ts';
import { assertCommit, assertRefName } from '../../kit/git-names.ts';
import { createBare } from '../../kit/git-refs.ts';
import { HOLDS_REF } from '../../kit/holds.ts';
import { GitError, runGit, type GitOptions } from '../../kit/git.ts';
import { problem } from '../../kit/problem.ts';
import type { Repository } from './forge-github-url.ts';

/** A bare folder that holds the objects of a repository elsewhere. It may be thrown away at any time. */
export interface Mirror {
  /** Brings `main` and the open changes. @returns the tip of main, `null` when there is none yet */
  fetch(): Promise<string | null>;
  /** Brings the head of one pull request, whose branch may be gone. */
  fetchPull(number: number): Promise<void>;
  /** @returns where `refs/journey/holds` is there, `null` when nothing was ever held */
  fetchHolds(): Promise<string | null>;
  /** @param ref its full name @param expected where it is now; `null`: nowhere. @returns whether it was there */
  push(ref: string, commit: string, expected: string | null): Promise<boolean>;
}

const MAIN = '+refs/heads/main:refs/heads/main';
const CHANGES = '+refs/heads/change/*:refs/heads/change/*';
const JOURNEY = '+refs/journey/*:refs/journey/*';

/** One at a time: fetching writes refs of the folder. git is given the token by its environment, for this one origin only. */
export function openMirror(folder: string, { git: remote, token, over, owner, repo }: Repository): Mirror {
  const authorization = `Authorization: Basic ${Buffer.from(`x-access-token:${token.reveal()}`).toString('base64')}`;
  const options: GitOptions = { over, timeoutMs: 60_000, secretConfig: { [`http.${new URL(remote).origin}/.extraHeader`]: authorization, 'http.lowSpeedLimit': '1000', 'http.lowSpeedTime': '20' } };
  let before: Promise<unknown> = Promise.resolve();
  const one = <T>(fn: () => Promise<T>): Promise<T> => {
    const turn = before.then(() => createBare(folder)).then(fn).catch((error: unknown) => { throw remoteProblem(`${owner}/${repo}`, error); });
    before = turn.catch(() => {});
    return turn;
  };
  const fetch = (...refs: readonly string[]) => runGit(folder, ['fetch', '--quiet', '--prune', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--end-of-options', remote, ...refs], options);
  return {
    fetch: () => one(async () => {
      try {
        await fetch(MAIN, CHANGES);
      } catch (error) {
        if (!(error instanceof GitError) || !/couldn't find remote ref/.test(error.stderr)) throw error;
        return null;
      }
      return commitOf(folder, 'refs/heads/main');
    }),
    fetchPull: (number) => one(async () => { await fetch(`+refs/pull/${number}/head:refs/pulls/${number}/head`); }),
    fetchHolds: () => one(async () => {
      // A pattern: one that matches nothing is no error, and what is gone there goes here.
      await fetch(JOURNEY);
      return commitOf(folder, HOLDS_REF);
    }),
    push: (ref, commit, expected) => one(async () => {
      const lease = `--force-with-lease=${assertRefName(ref)}:${expected === null ? '' : assertCommit(expected)}`;
      try {
        await runGit(folder, ['push', '--quiet', '--no-verify', '--no-signed', '--no-recurse-submodules', lease, '--end-of-options', remote, `${assertCommit(commit)}:${ref}`], options);
        return true;
      } catch (error) {
        // The lease was not kept, or the other side saw somebody else at the same moment.
        if (error instanceof GitError && /stale info|cannot lock ref|failed to update ref|reference already exists|fetch first/.test(error.stderr)) return false;
        throw error;
      }
    }),
  };
}

/** git says by words what HTTP says by numbers. */
function remoteProblem(name: string, error: unknown): unknown {
  if (!(error instanceof GitError)) return error;
  const said = error.stderr;
  const at = 'GitHub';
  const more = { at, fix: `The token in the URL of the repository needs "Contents" (read and write) for ${name}.` };
  if (error.code === 'timeout') return problem('upstream_timeout', `GitHub did not finish in time: ${error.message.slice(0, 300)}`, { at });
  if (/Authentication failed|could not read Username|error: 401/.test(said)) return problem('upstream_unavailable', `GitHub does not accept the token for ${name}.`, more);
  if (/error: 403|Permission to .* denied|Write access to repository not granted/.test(said)) return problem('forbidden', `GitHub does not let the token write to ${name}.`, more);
  if (/protected branch|GH006|GH013|pre-receive hook declined/.test(said)) return problem('conflict', `The rules of ${name} on GitHub refuse this branch: ${said.slice(0, 300)}`, { at });
  if (/not found/i.test(said)) return problem('not_found', `GitHub knows no ${name}, or the token may not see it.`, { at });
  return problem('upstream_unavailable', `git and GitHub could not talk: ${error.message.slice(0, 300)}`, { at });
}
