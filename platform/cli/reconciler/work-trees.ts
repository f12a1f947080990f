import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gitText, runGit } from '../../../services/kit/git.ts';
import { isCommit } from '../../../services/kit/git-names.ts';

/** The files of one commit each, below `.journey/worktrees/`: a release runs from there, with the packages of the checkout. */
export interface WorkTrees {
  /** The root that a release runs from; makes it when it is not there. @throws {Error} for an unknown commit, or one that needs other packages */
  rootOf(release: string): Promise<string>;
  /** Removes those that nobody runs. */
  sweep(used: ReadonlySet<string>): void;
}

const KEPT = 4;

/** @param root the checkout. @param repository the bare repository that has the commits */
export function openWorkTrees(root: string, repository: string | undefined): WorkTrees {
  const folder = join(root, '.journey', 'worktrees');
  const making = new Map<string, Promise<string>>();
  return {
    async rootOf(release) {
      if (release === 'worktree') return root;
      if (!isCommit(release) || repository === undefined) throw new Error(`"${release}" is no git revision that can be run here`);
      const made = making.get(release) ?? make(root, folder, repository, release);
      making.set(release, made);
      // A failure is not for ever: the commit may arrive, the packages may be installed.
      made.catch(() => making.delete(release));
      return made;
    },
    sweep(used) {
      if (!existsSync(folder)) return;
      const idle = readdirSync(folder).filter((name) => !used.has(name) && !name.startsWith('.'));
      const half = readdirSync(folder).filter((name) => name.startsWith('.'));
      for (const name of [...half, ...idle.slice(0, Math.max(0, idle.length - KEPT))]) {
        making.delete(name);
        rmSync(join(folder, name), { recursive: true, force: true });
      }
    },
  };
}

async function make(root: string, folder: string, repository: string, commit: string): Promise<string> {
  const target = join(folder, commit);
  if (existsSync(target)) return target;
  await requireSamePackages(root, repository, commit);
  const half = join(folder, `.${commit}.${process.pid}`);
  mkdirSync(half, { recursive: true });
  try {
    const index = join(half, '.index');
    await runGit(repository, ['read-tree', commit], { index });
    await runGit(repository, ['-c', 'core.symlinks=false', 'checkout-index', '--all', '--force'], { index, workTree: half });
    rmSync(index, { force: true });
    // Appears whole or not at all.
    renameSync(half, target);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return target;
}

/** It runs with the packages that are installed here. @throws {Error} */
async function requireSamePackages(root: string, repository: string, commit: string): Promise<void> {
  const file = 'package-lock.json';
  const own = await gitText(repository, ['hash-object', '--stdin'], { input: existsSync(join(root, file)) ? readFileSync(join(root, file)) : '' });
  const { stdout } = await runGit(repository, ['rev-parse', '--verify', '--quiet', `${commit}:${file}`], { expected: [0, 1, 128] });
  const its = stdout.toString('utf8').trim();
  if (its === own) return;
  const exists = (await runGit(repository, ['cat-file', '-e', `${commit}^{commit}`], { expected: [0, 1, 128] })).exit === 0;
  if (!exists) throw new Error(`the revision ${commit} is not in .journey/remote.git: push it there first (git push .journey/remote.git HEAD:refs/heads/main, or to another branch)`);
  throw new Error(`the revision ${commit.slice(0, 10)} needs other packages than this checkout has installed (its package-lock.json differs): check that revision out and run ./journey up there`);
}
