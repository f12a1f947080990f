import { lstat, mkdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gitText, runGit } from '../../../services/kit/git.ts';
import { isTreePath } from '../../../services/kit/git-names.ts';
import { CliError, exit } from '../command.ts';
import type { Place } from './place.ts';
import { differing, isFile, type Blob, type Tree } from './tree.ts';

/** Of what a synth may have written, all together. */
const MOST = { files: 10_000, fileBytes: 16_777_216, bytes: 134_217_728 } as const;
const INDEX = 'work';

/**
 * Neither a synth nor a check reads these: tests, what pages are made of, the insides of services, other environments' files.
 * Two of three files stay away, and making files is what takes longest.
 */
const UNREAD = /^\.|\.(?:test|e2e)\.tsx?$|^policies\/fixtures\/|(?:^|\/)(?:test|bench)\/|^dashboard\/(?!contract\.ts$)|^services\/(?!kit\/)[^/]+\/(?!contract(?:\.ts$|\/))/;

/** Puts what those environments are rendered from into the place's own folder: as it is, without links, submodules, filters and hooks. */
export async function checkOut(place: Place, tree: Tree, environments: readonly string[], signal: AbortSignal): Promise<void> {
  const wanted = (path: string) => (path.startsWith('synth/') ? [...environments, 'argocd'].some((name) => path.startsWith(`synth/${name}/`)) : !UNREAD.test(path));
  await put(place, tree, [...tree.entries.keys()].filter(wanted), signal);
  // What a synth may write into must be there: it may make nothing above.
  for (const folder of ['synth', '.journey']) await mkdir(join(place.tree, folder), { recursive: true, mode: 0o700 });
}

/** Brings what was checked out of one tree to another that differs in a few files, none of which is new. */
export async function bring(place: Place, from: Tree, to: Tree, signal: AbortSignal): Promise<void> {
  await put(place, to, differing(from, to), signal);
}

async function put(place: Place, tree: Tree, paths: readonly string[], signal: AbortSignal): Promise<void> {
  const index = place.index(INDEX);
  const files = paths.flatMap((path) => {
    const entry = tree.entries.get(path);
    return entry && isFile(entry) ? [{ path, ...entry }] : [];
  });
  await runGit(place.git, ['update-index', '-z', '--index-info'], { index, signal, input: files.map(({ mode, oid, path }) => `${mode} ${oid}\t${path}\0`).join('') });
  await runGit(place.git, ['checkout-index', '-z', '--stdin', '--force', '--index', '--quiet'], { index, signal, workTree: place.tree, input: files.map(({ path }) => `${path}\0`).join('') });
}

/** Paths that were changed, added or removed since the check-out. No ignore file hides anything. */
export async function changedPaths(place: Place): Promise<readonly string[]> {
  const options = { index: place.index(INDEX), workTree: place.tree };
  // Answers 1 when something differs.
  await runGit(place.git, ['update-index', '-q', '--refresh'], { ...options, expected: [0, 1] });
  const { stdout } = await runGit(place.git, ['ls-files', '-z', '--modified', '--deleted', '--others'], options);
  return [...new Set(stdout.toString('utf8').split('\0').filter((path) => path !== ''))].toSorted();
}

/**
 * The files at these paths as blobs of the repository; null for one that is not there.
 * @throws {CliError} exit 3 for a link, a device, a strange name, or too much of it
 */
export async function blobsOf(place: Place, paths: readonly string[]): Promise<ReadonlyMap<string, Blob | null>> {
  const there: { readonly path: string; readonly bytes: number }[] = [];
  let bytes = 0;
  if (paths.length > MOST.files) throw strange(`more than ${MOST.files} files`);
  for (const path of paths) {
    if (!isTreePath(path)) throw strange('a path that no checkout may have');
    const stats = await lstat(join(place.tree, path)).catch(() => undefined);
    if (!stats) continue;
    const above = dirname(join(place.tree, path));
    if (!stats.isFile() || stats.nlink > 1 || (await realpath(above)) !== above) throw strange(`something that is not a plain file: ${path}`);
    bytes += stats.size;
    if (stats.size > MOST.fileBytes || bytes > MOST.bytes) throw strange('too many bytes');
    there.push({ path, bytes: stats.size });
  }
  const input = there.map(({ path }) => `${join(place.tree, path)}\n`).join('');
  const oids = there.length === 0 ? [] : (await gitText(place.git, ['hash-object', '-w', '--no-filters', '--stdin-paths'], { input })).split('\n');
  const known = new Map(there.map(({ path, bytes }, at) => [path, { oid: oids[at] ?? '', bytes }]));
  return new Map(paths.map((path) => [path, known.get(path) ?? null]));
}

const strange = (what: string) => new CliError(exit.model, {
  what: 'The synth of that revision wrote what cannot be committed.', why: `It wrote ${what}.`, fix: 'Look at what its platform/cli and platform/targets write, and correct them by a commit of their own.',
});
