import { randomBytes } from 'node:crypto';
import { link, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { absent } from './environments.ts';
import { GitError, runGit } from './git.ts';
import { assertCommit, assertRefName } from './git-names.ts';

/**
 * One line of a transaction. `from`: what it must be before (`null`: nothing; absent: whatever). `to`: what it becomes
 * (`null`: nothing; absent: it stays, and is only compared and held).
 */
export interface RefChange {
  readonly ref: string;
  readonly from?: string | null;
  readonly to?: string | null;
}
export interface RefLimits {
  /** A lock file of this age belongs to somebody who was killed: nobody works on a ref for so long. @default 7000 */
  readonly staleMs?: number;
  /** How long to wait for a lock of somebody else. @default 10000 */
  readonly waitMs?: number;
}

const NONE = '0'.repeat(40);

/**
 * Changes all of these refs or none, by comparing them first (`git update-ref --stdin`): every lock is taken before
 * anything is written. A machine that stops between two of the writes leaves the first without the second, since git
 * keeps refs in files; so whoever needs that too changes one ref and holds the others.
 * @returns whether every ref was as expected. @throws {GitError} when a lock is not given up in time, or an object is missing
 */
export async function updateRefs(folder: string, changes: readonly RefChange[], { staleMs = 7000, waitMs = 10_000 }: RefLimits = {}): Promise<boolean> {
  // Begun explicitly: a transaction whose writer dies before `commit` is no transaction.
  const input = `start\0${changes.map(lineOf).join('')}prepare\0commit\0`;
  for (const end = performance.now() + waitMs; ;) {
    const { exit, stderr } = await runGit(folder, ['update-ref', '--stdin', '-z'], { input, expected: [0, 1, 128], timeoutMs: 5000 });
    if (exit === 0) return true;
    const lock = lockOf(folder, stderr);
    if (lock === null) {
      if (isStale(stderr)) return false;
      throw new GitError('failed', 'update-ref', stderr, { exit, stderr });
    }
    if (performance.now() > end) throw new GitError('timeout', 'update-ref', `somebody else holds ${lock.slice(folder.length + 1)}`, { stderr });
    await breakStale(folder, lock, staleMs);
    await pause(20 + Math.random() * 30);
  }
}

/** Full name → commit (or object), sorted by name. @param prefixes such as `refs/heads/`; absent: all */
export async function listRefs(folder: string, ...prefixes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  for (const prefix of prefixes) assertRefName(prefix.replace(/\/$/, ''));
  const { stdout } = await runGit(folder, ['for-each-ref', '--format=%(objectname) %(refname)', ...prefixes]);
  return new Map(stdout.toString('utf8').split('\n').filter((line) => line !== '').map((line) => [line.slice(41), line.slice(0, 40)]));
}

/** Makes an empty bare repository whose first branch will be `main`, where there is none. Nothing of a template, so no hooks. */
export async function createBare(folder: string): Promise<void> {
  if (await stat(join(folder, 'HEAD')).catch(absent) !== null) return;
  await mkdir(folder, { recursive: true });
  await runGit(folder, ['init', '--quiet', '--bare', '--initial-branch=main', '--template=', '--', folder]);
}

function lineOf({ ref, from, to }: RefChange): string {
  const [name, old, next] = [assertRefName(ref), idOf(from), idOf(to)];
  if (next === undefined) return `verify ${name}\0${old ?? ''}\0`;
  return next === NONE ? `delete ${name}\0${old ?? ''}\0` : `update ${name}\0${next}\0${old ?? ''}\0`;
}

const idOf = (id: string | null | undefined): string | undefined => id === null ? NONE : id === undefined ? undefined : assertCommit(id);

/** What git 2.38 to 2.5x says (refs/files-backend.c, refs/reftable-backend.c) when a ref is not what was expected. */
function isStale(stderr: string): boolean {
  return /but expected |reference already exists|reference is missing but expected|unable to resolve reference|expected symref|reference does not exist/.test(stderr);
}

/** The lock that is in the way, if it lies in this folder. */
function lockOf(folder: string, stderr: string): string | null {
  const path = /Unable to create '(.+\.lock)': File exists/.exec(stderr)?.[1];
  if (path === undefined) return null;
  const whole = resolve(path);
  return whole.startsWith(resolve(folder) + sep) ? whole : null;
}

/** Takes it away under another name first: should it be a new one of that moment, it is put back. */
async function breakStale(folder: string, lock: string, staleMs: number): Promise<void> {
  const seen = await stat(lock).catch(absent);
  if (seen === null || Date.now() - seen.mtimeMs < staleMs) return;
  const aside = join(folder, `broken-${randomBytes(8).toString('hex')}`);
  if (await rename(lock, aside).then(() => true, absent) === null) return;
  const taken = await stat(aside);
  if (taken.ino !== seen.ino || taken.mtimeMs !== seen.mtimeMs) await link(aside, lock).catch(() => {});
  await rm(aside, { force: true });
}
