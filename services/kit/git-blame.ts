import { gitText } from './git.ts';
import { assertCommit, assertTreePath } from './git-names.ts';

/** Who put one line where it is. */
export interface Blamed {
  readonly commit: string;
  readonly author: string;
  readonly email: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** The first line of the commit's message. */
  readonly summary: string;
  /** What the line says. */
  readonly text: string;
}

/** `git blame` of one line of a file at a commit. @param line from 1 @throws {GitError} `failed` when there is no such file or line */
export async function blameLine(folder: string, commit: string, path: string, line: number): Promise<Blamed> {
  const at = `${Math.max(1, Math.floor(line))}`;
  // In its porcelain form (git-blame(1)): a head with the commit, fields, then a tab and the line.
  const lines = (await gitText(folder, ['blame', '--porcelain', '-L', `${at},${at}`, assertCommit(commit), '--', assertTreePath(path)], { timeoutMs: 5000, maxBytes: 1024 * 1024 })).split('\n');
  const field = (name: string) => lines.find((one) => one.startsWith(`${name} `))?.slice(name.length + 1) ?? '';
  return {
    commit: lines[0]?.slice(0, 40) ?? '', author: field('author'), email: field('author-mail').replace(/^<|>$/g, ''),
    at: new Date(Number(field('author-time')) * 1000).toISOString(), summary: field('summary'), text: lines.find((one) => one.startsWith('\t'))?.slice(1) ?? '',
  };
}
