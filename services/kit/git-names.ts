/** What may stand in a git command. Everything that a person typed passes here first; git itself takes far more. */

/** All 40 digits: a short one could become ambiguous, a name could move. */
export const isCommit = (text: string): boolean => /^[0-9a-f]{40}$/.test(text);

/**
 * A full name (`refs/heads/main`), by the rules of git-check-ref-format(1) and narrower: letters, digits, `.`, `_`, `-`
 * and slashes; so it is never an option, an expression (`~`, `^`, `@{`) or a pattern.
 */
export function isRefName(name: string): boolean {
  if (name.length > 250 || !name.startsWith('refs/')) return false;
  return name.split('/').every((part) => isBranchPart(part));
}
/** `main`, `change/7`: what stands after `refs/heads/`. */
export const isBranchName = (name: string): boolean => isRefName(`refs/heads/${name}`) && name !== 'HEAD';

/** One word between slashes. */
export const isBranchPart = (part: string): boolean => /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(part) && !part.includes('..') && !part.endsWith('.') && !part.endsWith('.lock');

/** A path inside a tree: relative, with `/`, no `.` or `..`, nothing that any file system could take for `.git`, no control characters. */
export function isTreePath(path: string): boolean {
  if (path === '' || path.length > 1000 || /[\p{Cc}\\]/u.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !isGitLike(part));
}

/** HFS+ ignores some invisible characters, NTFS knows `GIT~1` and cuts dots, blanks and streams (git's own verify_path does the same). */
function isGitLike(part: string): boolean {
  const plain = part.replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '').toLowerCase().split(':')[0] ?? '';
  return /^(\.git|git~\d+)[. ]*$/.test(plain);
}

export function assertCommit(text: string): string {
  if (!isCommit(text)) throw new TypeError(`A commit is named by its 40 hexadecimal digits, not by ${shown(text)}.`);
  return text;
}
export function assertRefName(name: string): string {
  if (!isRefName(name)) throw new TypeError(`${shown(name)} is no name of a ref: refs/…, letters, digits, ".", "_", "-".`);
  return name;
}
export function assertTreePath(path: string): string {
  if (!isTreePath(path)) throw new TypeError(`${shown(path)} is no path inside a tree.`);
  return path;
}

const shown = (text: string): string => JSON.stringify(text.slice(0, 80));
