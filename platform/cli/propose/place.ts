import { mkdir, mkdtemp, readdir, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError, exit } from '../command.ts';
import { identityOf } from '../runner/identity.ts';

/** A folder of our own for one proposal. Inside the checkout, so that imports find its `node_modules` by walking up. */
export interface Place {
  readonly folder: string;
  /** A git folder with settings and attributes of ours; its objects are the repository's. */
  readonly git: string;
  /** Where the files of the tree are put. */
  readonly tree: string;
  /** An empty home. */
  readonly home: string;
  /** An index file that is not there yet. */
  index(name: string): string;
  remove(): Promise<void>;
}

const PREFIX = 'propose-';
/** No proposal takes as long: what is older was left by one that was killed, even where its number belongs to another process by now. */
const LEFT_BEHIND_MS = 10 * 60_000;

/**
 * The repository's own configuration, hooks and attributes are never read: whoever may write there could name programs.
 * Links become plain files (git-config(1), core.symlinks).
 */
const CONFIG = `[core]
\trepositoryFormatVersion = 0
\tbare = true
\tsymlinks = false
\tprotectHFS = true
\tprotectNTFS = true
\tlogAllRefUpdates = false
`;
/** `info/attributes` is the last word (gitattributes(5)): files come out as they went in, whatever the tree's own attributes say. */
const ATTRIBUTES = '* -text !eol -ident -filter !working-tree-encoding -export-subst !merge !diff\n';

/** @throws {CliError} exit 2 when there is no repository */
export async function openPlace(root: string, repository: string): Promise<Place> {
  const objects = join(repository, 'objects');
  if (!(await stat(objects).catch(() => undefined))?.isDirectory()) {
    throw new CliError(exit.usage, { what: 'There is no such git repository.', why: 'The folder in `repository` holds no objects.', fix: 'Name the absolute path of a bare git folder.' });
  }
  const above = join(await realpath(root), '.journey', 'work');
  await mkdir(above, { recursive: true, mode: 0o700 });
  await sweepPlaces(root);
  const folder = await mkdtemp(join(above, `${PREFIX}${process.pid}-`));
  const place: Place = {
    folder, git: join(folder, 'git'), tree: join(folder, 'tree'), home: join(folder, 'home'),
    index: (name) => join(folder, `index-${name}`),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
  try {
    for (const part of [join(place.git, 'refs'), join(place.git, 'info'), place.tree, place.home]) await mkdir(part, { recursive: true, mode: 0o700 });
    await symlink(await realpath(objects), join(place.git, 'objects'));
    await writeFile(join(place.git, 'HEAD'), 'ref: refs/heads/none\n');
    await writeFile(join(place.git, 'config'), CONFIG);
    await writeFile(join(place.git, 'info', 'attributes'), ATTRIBUTES);
    return place;
  } catch (error) {
    await place.remove();
    throw error;
  }
}

/** Removes what proposals that were killed have left. */
export async function sweepPlaces(root: string): Promise<void> {
  const above = join(root, '.journey', 'work');
  for (const entry of await readdir(above, { withFileTypes: true }).catch(() => [])) {
    if (!entry.isDirectory() || !entry.name.startsWith(PREFIX)) continue;
    const folder = join(above, entry.name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (mtimeMs < Date.now() - LEFT_BEHIND_MS || isGone(Number(/^\d+(?=-)/.exec(entry.name.slice(PREFIX.length))?.[0]))) await rm(folder, { recursive: true, force: true });
  }
}

/** Whether no process has that number; a name without one says nothing. */
const isGone = (pid: number): boolean => !Number.isNaN(pid) && identityOf(pid) === undefined;
