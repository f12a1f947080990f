import { isAncestor, readCommit, writeBlob, writeCommit, writeTree, type TreeEntry } from '../../kit/git-objects.ts';
import { listRefs, updateRefs } from '../../kit/git-refs.ts';
import type { testContract } from '../../kit/test/contract.ts';
import type { TestKit } from '../../kit/test/kit.ts';
import type { Forge, NewPull, Pull } from '../adapters/forge-port.ts';

/** A real place for forge.suite.ts. */
export interface ForgePlace {
  /** The bare repository on disk behind it: read it, and push to it as a person would. */
  readonly remote: string;
  /** @param view one process' view of it */
  open(kit: TestKit<typeof testContract>, view: 'here' | 'there', more?: { readonly mostOpen?: number }): Forge;
  stop(): Promise<void>;
}

export type Files = Readonly<Record<string, string>>;
export const mainRef = 'refs/heads/main';

/** A commit with these files (no folders), in a git folder; no ref points to it. */
export async function commitIn(folder: string, files: Files, parents: readonly string[], message = 'Change\n'): Promise<string> {
  const entries = await Promise.all(Object.entries(files).map(async ([path, text]): Promise<TreeEntry> => ({ mode: '100644', type: 'blob', object: await writeBlob(folder, text), path })));
  return writeCommit(folder, { tree: await writeTree(folder, entries), parents, message, author: 'asker@example.com', at: '2024-05-06T07:08:09Z' });
}

/** What a person pushes to main by git. */
export async function pushMain(folder: string, files: Files, parents: readonly string[] = []): Promise<string> {
  const commit = await commitIn(folder, files, parents, 'By hand\n');
  await updateRefs(folder, [{ ref: mainRef, to: commit }]);
  return commit;
}

/** A pull request of `author` that writes one file. */
export async function proposalIn(folder: string, base: string, key: string, more: Partial<NewPull> = {}): Promise<NewPull> {
  const head = await commitIn(folder, { 'a.txt': `${key} on ${base}\n` }, [base]);
  return { key, title: `Change ${key}`, body: `Because of ${key}.`, author: 'asker@example.com', base, head, ...more };
}

/**
 * What must hold in a bare repository at any moment, whoever was killed: read from the refs, not from the forge.
 * `merged` and `open` as the forge sees them.
 */
export async function brokenRules(folder: string, pulls: readonly Pull[], first: string): Promise<readonly string[]> {
  const refs = await listRefs(folder);
  const tip = refs.get(mainRef) ?? '';
  const wrong: string[] = [];
  const merges = new Map<string, string>();
  for (let at = tip; at !== first;) {
    const { parents } = await readCommit(folder, at);
    merges.set(at, parents[1] ?? 'no merge');
    at = parents[0] ?? first;
  }
  for (const pull of pulls) {
    if (pull.state === 'open' && refs.get(`refs/heads/${pull.branch}`) !== pull.head) wrong.push(`#${pull.number} is open without its branch`);
    if (pull.state === 'merged' && merges.get(pull.mergedAs ?? '') !== pull.head) wrong.push(`#${pull.number} says it is merged, main does not`);
    if (pull.state !== 'merged' && await isAncestor(folder, pull.head, tip)) wrong.push(`main holds #${pull.number}, which is ${pull.state}`);
  }
  for (const [merge, head] of merges) if (!pulls.some((pull) => pull.mergedAs === merge && pull.head === head)) wrong.push(`main holds ${merge}, of which no record says so`);
  const [keys, numbers] = [pulls.map(({ key }) => key), pulls.map(({ number }) => number)];
  if (new Set(keys).size !== keys.length) wrong.push('a key stands in two pull requests');
  if (Math.max(0, ...numbers) !== numbers.length) wrong.push('a number is missing');
  return wrong;
}
