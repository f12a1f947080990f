import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { commitOf } from '../../../services/kit/git-objects.ts';
import { HOLDS_REF } from '../../../services/kit/holds.ts';
import { CliError, exit } from '../command.ts';
import { folderOf } from '../runner/folder.ts';

export const repositoryOption = { flags: '--repository <folder>', about: 'a git folder (default: this checkout, and .journey/remote.git where only that has both)' } as const;

/** The one that is named; else this checkout's, or the remote of `./journey up` where only that has both: what `./journey history` lists came to its main. @throws {CliError} exit 2 for what is no git folder */
export async function repositoryWith(root: string, typed: string | boolean | undefined, ends: { readonly from: string; readonly to: string }): Promise<string> {
  const [named, { remote }] = [repositoryOf(root, typed), folderOf(root)];
  if (typed !== undefined || !existsSync(remote)) return named;
  const { hasBoth } = await import('./revisions.ts');
  return !await hasBoth(named, ends) && await hasBoth(remote, ends) ? remote : named;
}

/** Where the record of holds stands: with the revisions, else in the remote of `./journey up`. */
export async function holdsFolder(root: string, typed: string | boolean | undefined, repository: string): Promise<string> {
  const { remote } = folderOf(root);
  return typed === undefined && existsSync(remote) && await commitOf(repository, HOLDS_REF) === null ? remote : repository;
}

function repositoryOf(root: string, typed: string | boolean | undefined): string {
  if (typeof typed !== 'string') return join(root, '.git');
  const folder = resolve(typed);
  const inside = [folder, join(folder, '.git')].find((one) => isGitFolder(one));
  if (inside !== undefined) return inside;
  throw new CliError(exit.usage, { what: `${JSON.stringify(typed)} is no git folder.`, why: 'A repository has a file HEAD and a folder objects.', fix: 'Name a bare repository or a checkout, such as .journey/remote.git.' });
}

function isGitFolder(folder: string): boolean {
  try {
    return statSync(join(folder, 'HEAD')).isFile() && statSync(join(folder, 'objects')).isDirectory();
  } catch {
    return false;
  }
}
