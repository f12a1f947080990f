import { GitError, gitText, runGit } from './git.ts';
import { assertCommit, assertRefName, assertTreePath, isCommit } from './git-names.ts';

export interface TreeEntry {
  /** `100644`, `100755`, `120000` (a link), `040000` (a folder), `160000` (a submodule). */
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly object: string;
  readonly path: string;
}
export interface Commit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}
export interface Signature {
  readonly name: string;
  readonly email: string;
  /** RFC 3339, UTC. */
  readonly at: string;
}
export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** A name or an e-mail address of any origin. */
  readonly author: string;
  /** RFC 3339; of author and committer, so that the same input makes the same commit. */
  readonly at: string;
}

/** Who commits when a person did not type `git commit` themselves. */
export const committer = { name: 'Request-Journey', email: 'request-journey@localhost' } as const;

/** The commit that 40 digits or a full ref name stand for. `null` when there is none. @throws {TypeError} for any other name */
export async function commitOf(folder: string, name: string): Promise<string | null> {
  if (!isCommit(name)) assertRefName(name);
  const { exit, stdout } = await runGit(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], { expected: [0, 1, 128] });
  const commit = stdout.toString('utf8').trim();
  return exit === 0 && isCommit(commit) ? commit : null;
}

/** @throws {GitError} `failed` when there is no such commit */
export async function readCommit(folder: string, commit: string): Promise<Commit> {
  const text = await gitText(folder, ['cat-file', 'commit', assertCommit(commit)], { maxBytes: 1024 * 1024 });
  const end = text.indexOf('\n\n');
  const lines = (end < 0 ? text : text.slice(0, end)).split('\n');
  const all = (key: string) => lines.flatMap((line) => line.startsWith(`${key} `) ? [line.slice(key.length + 1)] : []);
  return { tree: all('tree')[0] ?? '', parents: all('parent'), author: signatureOf(all('author')[0]), committer: signatureOf(all('committer')[0]), message: end < 0 ? '' : text.slice(end + 2) };
}

/** Is everything of `older` in `newer`, too? Equal counts. */
export async function isAncestor(folder: string, older: string, newer: string): Promise<boolean> {
  return (await runGit(folder, ['merge-base', '--is-ancestor', assertCommit(older), assertCommit(newer)], { expected: [0, 1] })).exit === 0;
}

/** Every file of a commit, or of what lies under `path`; sorted as git sorts. */
export async function listTree(folder: string, commit: string, path?: string): Promise<readonly TreeEntry[]> {
  const { stdout } = await runGit(folder, ['ls-tree', '-r', '-z', '--full-tree', assertCommit(commit), '--', ...(path === undefined ? [] : [`${assertTreePath(path)}/`])]);
  return stdout.toString('utf8').split('\0').flatMap((line): TreeEntry[] => {
    const parts = /^(\d{6}) (blob|tree|commit) ([0-9a-f]{40})\t(.+)$/s.exec(line);
    return parts ? [{ mode: parts[1] ?? '', type: parts[2] as TreeEntry['type'], object: parts[3] ?? '', path: parts[4] ?? '' }] : [];
  });
}

/** A file of a commit; `null` when there is none. A link is read as the path that it holds, and never followed. */
export async function readTreeFile(folder: string, commit: string, path: string, maxBytes?: number): Promise<Buffer | null> {
  return (await readTreeFiles(folder, [{ commit, path }], maxBytes))[0] ?? null;
}

/** Many at once, in the order asked. @param maxBytes for all together */
export async function readTreeFiles(folder: string, files: readonly { readonly commit: string; readonly path: string }[], maxBytes?: number): Promise<readonly (Buffer | null)[]> {
  if (files.length === 0) return [];
  const input = files.map(({ commit, path }) => `${assertCommit(commit)}:${assertTreePath(path)}\n`).join('');
  const { stdout } = await runGit(folder, ['cat-file', '--batch'], { input, ...(maxBytes === undefined ? {} : { maxBytes }) });
  let at = 0;
  return files.map(() => {
    const end = stdout.indexOf(0x0a, at);
    const [, type, size] = / (blob|tree|commit|tag) (\d+)$/.exec(stdout.toString('utf8', at, end)) ?? [];
    if (type === undefined || size === undefined) {
      at = end + 1;
      return null;
    }
    const from = end + 1;
    at = from + Number(size) + 1;
    return type === 'blob' ? stdout.subarray(from, from + Number(size)) : null;
  });
}

export async function writeBlob(folder: string, bytes: string | Uint8Array): Promise<string> {
  return gitText(folder, ['hash-object', '-w', '-t', 'blob', '--stdin'], { input: bytes });
}

/** One folder; deeper ones are trees of their own. */
export async function writeTree(folder: string, entries: readonly TreeEntry[]): Promise<string> {
  const lines = entries.map(({ mode, type, object, path }) => `${mode} ${type} ${assertCommit(object)}\t${assertTreePath(path)}\0`);
  return gitText(folder, ['mktree', '-z'], { input: lines.join('') });
}

/** @returns the commit's id; no ref points to it yet */
export async function writeCommit(folder: string, { tree, parents, message, author, at }: NewCommit): Promise<string> {
  const args = [assertCommit(tree), ...parents.flatMap((parent) => ['-p', assertCommit(parent)]), '-F', '-'];
  return gitText(folder, ['commit-tree', ...args], { input: message, identity: identityOf(author, at) });
}

/** `GIT_AUTHOR_*` and `GIT_COMMITTER_*` of a commit that is made for a person. Line breaks and brackets cannot end the header. */
export function identityOf(person: string, at: string): Readonly<Record<string, string>> {
  const name = person.replace(/[\p{Cc}\s<>]+/gu, ' ').trim().slice(0, 200) || 'unknown';
  const address = /^[^\s@]+@[^\s@]+$/.test(name) ? name : 'unknown@localhost';
  const date = `@${Math.floor(Date.parse(at) / 1000)} +0000`;
  if (!/^@\d+ /.test(date)) throw new GitError('failed', 'commit', 'the date is none');
  return {
    // git refuses a name of nothing but punctuation.
    GIT_AUTHOR_NAME: /[\p{L}\p{N}]/u.test(name) ? name : 'unknown', GIT_AUTHOR_EMAIL: address, GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: committer.name, GIT_COMMITTER_EMAIL: committer.email, GIT_COMMITTER_DATE: date,
  };
}

function signatureOf(line = ''): Signature {
  const [, name = '', email = '', seconds = '0'] = /^(.*) <([^>]*)> (\d+) [+-]\d{4}$/.exec(line) ?? [];
  return { name, email, at: new Date(Number(seconds) * 1000).toISOString() };
}
