import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git, PATH } from './git.ts';

/** One file of a tree as git keeps it: mode and contents; null removes it. */
export type Entry = { readonly mode?: string; readonly text: string } | null;

export type RawEntry = readonly [mode: string, name: string, object: string];

/** A checkout and a bare repository of its own, with secrets in them that nobody may see and a trap that nobody may spring. */
export interface World {
  readonly folder: string;
  /** Where `./journey propose` runs from. */
  readonly root: string;
  readonly repository: string;
  /** The tip of main: rendered, and clean. */
  readonly base: string;
  /** Stands in the environment, in the checkout's secrets and in the repository's configuration. */
  readonly canary: string;
  /** Text of a file outside of everything. */
  readonly outside: string;
  /** A program that leaves `sprung` behind when it is run. */
  readonly trap: string;
  readonly sprung: string;
  /** Settings of the base, for cases that change a file of it. */
  textOf(path: string): string;
  /** A commit on the base, on no branch, with other files. */
  commit(changes: Readonly<Record<string, Entry>>): string;
  /** A commit of a tree that git itself would not write: raw `mode name → object` in one folder. */
  rawCommit(entries: readonly RawEntry[]): string;
  blob(text: string | Buffer): string;
  /** A folder as git keeps it, by raw entries: their order is the caller's. */
  tree(entries: readonly RawEntry[]): string;
  /** The repository once more, to be damaged. */
  copy(name: string): string;
  remove(): void;
}

/** @param root of the checkout whose files are tried, as they are on the disk */
export function buildWorld(root: string): World {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'journey-hostile-'));
  const at = (...parts: string[]) => join(folder, ...parts);
  const canary = `CANARY-${randomBytes(12).toString('hex')}`;
  const [checkout, repository, index, sprung, trap] = [at('checkout'), at('remote.git'), at('index'), at('sprung'), at('trap.sh')];
  mkdirSync(checkout);
  git(['init', '-q', '--bare', '-b', 'main', repository]);
  const bare = (args: readonly string[], more: Parameters<typeof git>[1] = {}) => git([`--git-dir=${repository}`, ...args], { index, ...more });
  bare([`--work-tree=${root}`, 'add', '--all', '.'], { cwd: root });
  bare([`--work-tree=${checkout}`, 'checkout-index', '--all'], { cwd: checkout });
  symlinkSync(realpathSync(join(root, 'node_modules')), join(checkout, 'node_modules'));
  // What is on the disk may not be rendered yet; a base always is.
  execFileSync(process.execPath, ['platform/cli/main.ts', 'synth', 'local', 'dev'], { cwd: checkout, stdio: 'ignore', env: { PATH, HOME: '/nonexistent' } });
  bare([`--work-tree=${checkout}`, 'add', '--all', 'synth'], { cwd: checkout });
  const first = bare(['commit-tree', bare(['write-tree']), '-m', 'The first']);
  const base = bare(['commit-tree', `${first}^{tree}`, '-p', first, '-m', 'The base']);
  bare(['update-ref', 'refs/heads/main', base]);
  bare(['repack', '-adq']);
  bare(['config', 'http.extraHeader', `Authorization: Basic ${canary}`]);
  mkdirSync(join(checkout, '.journey'));
  writeFileSync(join(checkout, '.journey', 'secrets.json'), JSON.stringify({ key: canary }));
  writeFileSync(at('outside.txt'), `${canary}\n`);
  writeFileSync(trap, `#!/bin/sh\necho "$@" >>'${sprung}'\nexec cat\n`);
  chmodSync(trap, 0o755);
  // Sorted as git sorts: a folder's name ends in a slash.
  const key = ([mode, name]: RawEntry) => Buffer.from(mode === '40000' ? `${name}/` : name);
  const tree = (entries: readonly RawEntry[]) => bare(['hash-object', '-w', '-t', 'tree', '--stdin', '--literally'], {
    input: Buffer.concat(entries.toSorted((a, b) => Buffer.compare(key(a), key(b))).flatMap(([mode, name, object]) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(object, 'hex')])),
  });
  const blob = (text: string | Buffer) => bare(['hash-object', '-w', '--stdin'], { input: text });
  return {
    folder, root: checkout, repository, base, canary, outside: at('outside.txt'), trap, sprung, blob,
    textOf: (path) => `${bare(['cat-file', 'blob', `${base}:${path}`])}\n`,
    commit(changes) {
      const own = at('index-case');
      bare(['read-tree', base], { index: own });
      const lines = Object.entries(changes).map(([path, entry]) => (entry === null ? `0 ${'0'.repeat(40)}\t${path}\0` : `${entry.mode ?? '100644'} ${entry.mode === '160000' ? base : blob(entry.text)}\t${path}\0`));
      bare(['update-index', '-z', '--index-info'], { index: own, input: lines.join('') });
      return bare(['commit-tree', bare(['write-tree'], { index: own }), '-p', base, '-m', 'A base of somebody']);
    },
    tree,
    rawCommit(entries) {
      const own = bare(['ls-tree', '-z', base]).split('\0').filter((line) => line !== '').map((line) => line.split(/[ \t]/)).map(([mode = '', , object = '', name = '']): RawEntry => [mode.replace(/^0/, ''), name, object]);
      return bare(['commit-tree', tree([...own, ...entries]), '-p', base, '-m', 'A tree of somebody']);
    },
    copy(name) {
      const copied = at(`${name}.git`);
      cpSync(repository, copied, { recursive: true });
      return copied;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
