import { gitText, runGit } from '../../kit/git.ts';
import { commitOf, isAncestor, listTree, readTreeFile, readTreeFiles } from '../../kit/git-objects.ts';
import { isTreePath } from '../../kit/git-names.ts';
import { problem, Problem } from '../../kit/problem.ts';
import { journeyOf, type Journey } from '../domain/declared.ts';
import type { Commit } from '../domain/history.ts';
import type { Forge } from './forge-port.ts';
import { keep } from './keep.ts';

/** What main says, read from git and never from the disk. Everything is @throws Problem `unavailable` while the forge is away. */
export interface Repository {
  /** The tip of main; of this moment with `now`, else of the last second (ten where it has to be fetched). */
  tip(now?: 'now'): Promise<string>;
  /** main has moved: the next one who wants the tip asks for it. */
  moved(): void;
  exists(commit: string): Promise<boolean>;
  /** Is `older` in `newer`, too? An unknown commit is in none. */
  contains(newer: string, older: string): Promise<boolean>;
  environments(commit: string): Promise<readonly string[]>;
  /** null: there is no such environment. @throws Problem `internal` when its journey.json cannot be used */
  journey(commit: string, environment: string): Promise<Journey | null>;
  /** First parents, newest first. */
  history(from: string, most: number, paths?: readonly string[]): Promise<readonly Commit[]>;
  /** Newest first: every commit of main whose message says that it takes another one back. */
  undoings(tip: string): Promise<readonly Commit[]>;
  count(from: string, to: string): Promise<number>;
  /** The first parent of main with which a commit came there: itself, or what merged it. null: it is not on main. */
  cameWith(tip: string, commit: string): Promise<Commit | null>;
  /** Values of a release file, newest first, from the tip on: at most `most` commits that touched it. */
  releases(tip: string, environment: string, most: number): Promise<readonly Readonly<Record<string, string>>[]>;
  manifests(commit: string, environment: string): Promise<readonly string[]>;
  file(commit: string, path: string): Promise<string | null>;
}

/** How long a tip is good enough. GitHub counts requests. */
const FRESH_MS = { local: 1000, GitHub: 10_000 } as const;

export function openRepository(forge: Pick<Forge, 'name' | 'folder' | 'refresh'>): Repository {
  const { folder } = forge;
  const trees = keep<readonly string[]>(32);
  const graphs = keep<Journey | null>(64);
  const logs = keep<readonly Commit[]>(64);
  let tip: { readonly at: number; readonly value: Promise<string> } | undefined;

  return {
    tip(now) {
      if (now === undefined && tip !== undefined && performance.now() - tip.at < FRESH_MS[forge.name]) return tip.value;
      const value = away(() => forge.refresh());
      tip = { at: performance.now(), value };
      // A failure is asked again by the next one.
      value.catch(() => { if (tip?.value === value) tip = undefined; });
      return value;
    },
    moved() { tip = undefined; },
    exists: (commit) => away(async () => await commitOf(folder, commit) !== null),
    contains: (newer, older) => away(async () => newer === older || (await commitOf(folder, newer) !== null && await commitOf(folder, older) !== null && await isAncestor(folder, older, newer))),
    environments: (commit) => trees(commit, () => away(async () => {
      const files = await listTree(folder, commit, 'synth');
      return files.flatMap(({ path }) => /^synth\/([a-z][a-z0-9-]{0,62})\/journey\.json$/.exec(path)?.[1] ?? []);
    })),
    journey: (commit, environment) => graphs(`${commit} ${environment}`, () => away(async () => {
      const bytes = await readTreeFile(folder, commit, `synth/${environment}/journey.json`);
      return bytes === null ? null : parse(environment, bytes.toString('utf8'));
    })),
    history: (from, most, paths = []) => logs(JSON.stringify([from, most, paths]), () => away(() => log(folder, [`--max-count=${String(most)}`], from, paths))),
    undoings: (from) => away(() => log(folder, ['--max-count=500', '--extended-regexp', '--grep=^(Undoes: |This reverts commit )'], from, [])),
    cameWith: (from, commit) => away(async () => {
      const merge = await mergeOf(folder, from, commit);
      return merge === null ? null : (await log(folder, ['--max-count=1'], merge, []))[0] ?? null;
    }),
    count: (from, to) => away(async () => Number(await gitText(folder, ['rev-list', '--count', '--end-of-options', `${from}..${to}`]))),
    releases: (from, environment, most) => away(async () => {
      const path = `environments/releases/${environment}.json`;
      const commits = await log(folder, [`--max-count=${String(most)}`], from, [path]);
      const files = await readTreeFiles(folder, commits.map(({ commit }) => ({ commit, path })));
      return files.map((bytes) => releasesIn(bytes?.toString('utf8') ?? '{}'));
    }),
    manifests: (commit, environment) => trees(`${commit} ${environment}`, () => away(async () => (await listTree(folder, commit, `synth/${environment}`)).map(({ path }) => path.slice(`synth/${environment}/`.length)))),
    file: (commit, path) => away(async () => (isTreePath(path) ? (await readTreeFile(folder, commit, path))?.toString('utf8') ?? null : null)),
  };
}

/** Of the first parents that `commit` did not know, the oldest that holds it; itself when it is one of them. */
async function mergeOf(folder: string, tip: string, commit: string): Promise<string | null> {
  const list = async (...options: readonly string[]) => (await gitText(folder, ['rev-list', ...options, '--end-of-options', `${commit}..${tip}`])).split('\n').filter((one) => one !== '');
  const [first, holding] = await Promise.all([list('--first-parent', '--parents'), list('--ancestry-path')]);
  const holds = new Set(holding);
  const merge = first.map((one) => one.split(' ')).findLast(([one = '']) => holds.has(one));
  if (merge === undefined) return commit === tip ? commit : null;
  return merge[1] === commit ? commit : merge[0] ?? null;
}

/** `%x00` between fields, `%x01` before a commit: neither can stand in a message that git takes. */
async function log(folder: string, options: readonly string[], from: string, paths: readonly string[]): Promise<readonly Commit[]> {
  const { stdout } = await runGit(folder, ['log', '--first-parent', '--diff-merges=first-parent', '--name-only', '-z', '--format=%x01%H%x00%P%x00%aI%x00%an%x00%ae%x00%B%x00', ...options, '--end-of-options', from, '--', ...paths]);
  return stdout.toString('utf8').split('\u0001').slice(1).map((record): Commit => {
    const [commit = '', parents = '', at = '', author = '', email = '', message = '', ...files] = record.split('\0');
    return { commit, parents: parents.split(' ').filter((one) => one !== ''), at: new Date(at).toISOString(), author, email, message, paths: files.map((file) => file.replace(/^\n/, '')).filter((file) => file !== '') };
  });
}

function parse(environment: string, text: string): Journey {
  const journey = journeyOf(text);
  if (journey === null) throw problem('internal', `The graph of ${environment} on main (journey.json) cannot be used.`, { fix: `Run ./journey synth ${environment} and commit it.` });
  return journey;
}

function objectIn(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Image or revision of each workload. */
function releasesIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(objectIn(text)).flatMap(([name, entry]): [string, string][] => {
    const value: unknown = typeof entry === 'object' && entry !== null ? Reflect.get(entry, 'image') ?? Reflect.get(entry, 'revision') : undefined;
    return typeof value === 'string' ? [[name, value]] : [];
  }));
}

/** A forge that is away must not look like an empty one. */
async function away<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw problem('unavailable', 'The repository cannot be read now.', { cause, at: 'repository', fix: 'Look whether it is there: `./journey doctor`.' });
  }
}
