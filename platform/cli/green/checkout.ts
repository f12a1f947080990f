import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A checkout of its own for the end-to-end tests: a clone of HEAD with the work tree's changes over it, below
 * `.journey/`, so that what runs in this checkout is not touched. Packages are hard links: nothing is installed twice.
 * @param purpose names its folder
 * @returns its folder, and how to remove it
 */
export function makeCheckout(root: string, purpose = 'end to end'): { readonly folder: string; remove(): void } {
  const folder = join(root, '.journey', purpose, 'checkout');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  remove();
  mkdirSync(join(folder, '..'), { recursive: true });
  execFileSync('git', ['clone', '--quiet', '--no-local', root, folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  const changed = git(root, 'ls-files', '-z', '--modified', '--others', '--exclude-standard').split('\0').filter((f) => f !== '');
  for (const file of changed) {
    if (existsSync(join(root, file))) cpSync(join(root, file), join(folder, file), { force: true });
    else rmSync(join(folder, file), { force: true });
  }
  execFileSync('cp', ['-al', join(root, 'node_modules'), join(folder, 'node_modules')]);
  mkdirSync(join(folder, '.journey'), { recursive: true });
  for (const kept of ['installed', 'runtime', 'tools']) {
    const from = join(root, '.journey', kept);
    if (existsSync(from)) execFileSync('cp', ['-al', from, join(folder, '.journey', kept)]);
  }
  return { folder, remove };
}

export const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
