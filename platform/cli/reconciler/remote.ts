import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitError, gitText, runGit } from '../../../services/kit/git.ts';
import { commitOf, isAncestor } from '../../../services/kit/git-objects.ts';
import { createBare, updateRefs } from '../../../services/kit/git-refs.ts';

/** The laptop's remote: a bare repository whose `main` says what should run. */
export interface Remote {
  /** Absolute. */
  readonly folder: string;
  /** The commit of `main`, read from the file system; cheap enough to ask several times a second. */
  tip(): string | undefined;
  /** The commit that the checkout stands at; undefined when it has none. */
  readonly head: string | undefined;
}
export interface Checkout { readonly root: string; readonly remote: string }

const MAIN = 'refs/heads/main';
const CHECKOUT = 'refs/journey/checkout';

/**
 * Makes the remote where there is none, and takes the checkout's `HEAD` over when `main` can be moved to it without losing anything.
 * @param tell says what a person should know: that main is ahead, or that both have gone different ways
 * @returns undefined where there is no git repository: then nothing is reconciled
 */
export async function openRemote({ root, remote }: Checkout, tell: (line: string) => void): Promise<Remote | undefined> {
  const own = join(root, '.git');
  if (!existsSync(own)) {
    tell('this folder is no git repository: it runs what is on disk, and there is nothing to promote or to roll back');
    return undefined;
  }
  await createBare(remote);
  const head = await takeOver(own, remote, tell).catch((error: unknown) => {
    if (!(error instanceof GitError)) throw error;
    tell(`the remote did not take the checkout's commits over (${error.message})`);
    return undefined;
  });
  return { folder: remote, head, tip: () => tipOf(remote) };
}

async function takeOver(own: string, remote: string, tell: (line: string) => void): Promise<string | undefined> {
  const head = (await runGit(own, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], { expected: [0, 1, 128] })).stdout.toString('utf8').trim();
  if (head === '') return undefined;
  const source = await gitText(own, ['rev-parse', '--absolute-git-dir']);
  await runGit(remote, ['fetch', '--quiet', '--no-tags', '--update-shallow', '--no-write-fetch-head', '--', source, `+${head}:${CHECKOUT}`], { timeoutMs: 120_000 });
  const main = await commitOf(remote, MAIN);
  if (main === head) return head;
  if (main === null || await isAncestor(remote, main, head)) {
    await updateRefs(remote, [{ ref: MAIN, from: main, to: head }]);
    return head;
  }
  const ahead = await gitText(remote, ['rev-list', '--count', `${head}..${main}`]);
  tell(await isAncestor(remote, head, main)
    ? `main is ${ahead} ${ahead === '1' ? 'commit' : 'commits'} ahead of this checkout; to have them here: git pull .journey/remote.git main`
    : `this checkout and main have gone different ways; main stays what should run. To join them: git pull .journey/remote.git main`);
  return head;
}

/** A loose ref, else a packed one (gitrepository-layout(5)). */
function tipOf(remote: string): string | undefined {
  const loose = read(join(remote, MAIN)) ?? '';
  const found = /^[0-9a-f]{40}$/.exec(loose.trim())?.[0] ?? /^([0-9a-f]{40}) refs\/heads\/main$/m.exec(read(join(remote, 'packed-refs')) ?? '')?.[1];
  return found;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
