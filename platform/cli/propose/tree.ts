import { runGit, gitText } from '../../../services/kit/git.ts';
import { isTreePath } from '../../../services/kit/git-names.ts';
import { CliError, exit } from '../command.ts';
import type { Place } from './place.ts';

/** One entry of a tree. */
export interface Entry { readonly mode: string; readonly oid: string; readonly bytes: number }
/** The files of one tree of the repository, read from its objects and never from a disk. */
export interface Tree {
  readonly oid: string;
  readonly entries: ReadonlyMap<string, Entry>;
}

/** Ten times what our own tree needs. */
const LIMITS = { entries: 20_000, fileBytes: 8_388_608, treeBytes: 134_217_728, textBytes: 262_144 } as const;
/** What is edited, rendered or decides: here nothing may be a link or a submodule. */
const OURS = /^(environments|synth)(\/|$)/;
export const isFile = ({ mode }: Entry): boolean => mode === '100644' || mode === '100755';

/** A file as it is to be: an object that the repository has. */
export interface Blob { readonly oid: string; readonly bytes: number }

/** The tree of a commit. @throws {CliError} exit 2 when there is no such commit, exit 3 for a tree that no file system could hold safely */
export async function treeOf(place: Place, commit: string): Promise<Tree> {
  const said = await gitText(place.git, ['cat-file', '--batch-check'], { input: `${commit}\n${commit}^{tree}\n` });
  const [type, oid] = [/^[0-9a-f]{40} (\S+)/.exec(said)?.[1], /^([0-9a-f]{40}) tree /m.exec(said)?.[1]];
  if (type !== 'commit' || oid === undefined) throw new CliError(exit.usage, { what: `The repository has no commit ${commit}.`, why: 'Nothing in it has this name, or it is no commit.', fix: 'Fetch it first, or name another by its 40 hexadecimal digits.' });
  return readTree(place, oid);
}

/** @param oid of a tree @throws {CliError} exit 3 */
export async function readTree(place: Place, oid: string): Promise<Tree> {
  const { stdout } = await runGit(place.git, ['ls-tree', '-r', '-z', '-l', '--full-tree', oid]);
  const entries = new Map(stdout.toString('utf8').split('\0').filter((line) => line !== '').map(entryIn));
  refuse(entries);
  return { oid, entries };
}

/** `100644 blob <oid>   123\tpath`. */
function entryIn(line: string): [string, Entry] {
  const tab = line.indexOf('\t');
  const [mode = '', , oid = '', size = ''] = line.slice(0, tab).split(/ +/);
  return [line.slice(tab + 1), { mode, oid, bytes: size === '-' ? 0 : Number(size) }];
}

function refuse(entries: ReadonlyMap<string, Entry>): void {
  if (entries.size > LIMITS.entries) throw hostile(`it has more than ${LIMITS.entries} files`);
  const seen = new Map<string, string>();
  let bytes = 0;
  for (const [path, entry] of entries) {
    if (!isTreePath(path)) throw hostile(`it has a path that no checkout may have: ${JSON.stringify(path.slice(0, 100))}`);
    if (OURS.test(path) && !isFile(entry)) throw hostile(`${path} is a link or a submodule, not a file`);
    if (entry.bytes > LIMITS.fileBytes) throw hostile(`${path} is larger than ${LIMITS.fileBytes} bytes`);
    bytes += entry.bytes;
    const parts = path.split('/');
    for (const depth of parts.keys()) {
      const part = parts.slice(0, depth + 1).join('/');
      const folded = part.normalize('NFC').toLowerCase();
      const other = seen.get(folded);
      if (other !== undefined && other !== part) throw hostile(`${other} and ${part} are one file where case does not count`);
      seen.set(folded, part);
    }
  }
  if (bytes > LIMITS.treeBytes) throw hostile(`its files are larger than ${LIMITS.treeBytes} bytes together`);
}

const hostile = (why: string) => new CliError(exit.model, { what: 'The tree of this commit cannot be worked on.', why: `${why}.`, fix: 'Correct it by a commit of its own, which somebody looks at.' });

/** The text of a file. @throws {CliError} exit 3 when it is none: too large, or not UTF-8; undefined when it is not there */
export async function textIn(place: Place, tree: Tree, path: string, maxBytes: number = LIMITS.textBytes): Promise<string | undefined> {
  const entry = tree.entries.get(path);
  if (!entry) return undefined;
  if (!isFile(entry) || entry.bytes > maxBytes) throw hostile(isFile(entry) ? `${path} is larger than ${maxBytes} bytes` : `${path} is a link or a submodule, not a file`);
  const { stdout } = await runGit(place.git, ['cat-file', 'blob', entry.oid], { maxBytes });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(stdout);
  } catch {
    throw hostile(`${path} is not UTF-8`);
  }
}

/** The tree with other files at some paths; null: the file is gone. */
export async function treeWith(place: Place, tree: Tree, files: ReadonlyMap<string, Blob | null>): Promise<Tree> {
  if (files.size === 0) return tree;
  const index = place.index('tree');
  const entries = new Map(tree.entries);
  const lines = [...files].map(([path, blob]) => {
    const mode = entries.get(path)?.mode ?? '100644';
    if (blob === null) entries.delete(path);
    else entries.set(path, { mode, ...blob });
    return blob === null ? `0 ${'0'.repeat(40)}\t${path}\0` : `${mode} ${blob.oid}\t${path}\0`;
  });
  refuse(entries);
  await runGit(place.git, ['read-tree', tree.oid], { index });
  await runGit(place.git, ['update-index', '-z', '--index-info'], { index, input: lines.join('') });
  return { oid: await gitText(place.git, ['write-tree'], { index }), entries };
}

export async function writeText(place: Place, text: string): Promise<Blob> {
  return { oid: await gitText(place.git, ['hash-object', '-w', '--stdin', '--no-filters'], { input: text }), bytes: Buffer.byteLength(text) };
}

/** Paths at which two trees differ. */
export function differing(a: Tree, b: Tree): readonly string[] {
  return [...new Set([...a.entries.keys(), ...b.entries.keys()])].filter((path) => a.entries.get(path)?.oid !== b.entries.get(path)?.oid || a.entries.get(path)?.mode !== b.entries.get(path)?.mode);
}
