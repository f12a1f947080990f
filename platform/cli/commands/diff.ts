import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CliError, exit, type Command } from '../command.ts';
import { folderOf as folderIn } from '../runner/folder.ts';

export const command: Command = {
  name: 'diff',
  arguments: '<range> [environment]',
  about: 'Says what differs between two revisions, as what a person decides about: in Markdown, as pull requests show it.',
  example: './journey diff main..HEAD production',
  options: [{ flags: '--repository <folder>', about: 'a git folder (default: this checkout, and .journey/remote.git where only that has both)' }],
  async run(io, [range = '', environment], options) {
    const { diffBetween, hasBoth, rangeOf } = await import('../diff/revisions.ts');
    const ends = rangeOf(range);
    const named = folderOf(io.root, options['repository']);
    const { remote } = folderIn(io.root);
    // What `./journey history` lists came to the remote's main, and a checkout need not have it.
    const there = options['repository'] === undefined && existsSync(remote) && !await hasBoth(named, ends) && await hasBoth(remote, ends);
    const diff = await diffBetween({ folder: there ? remote : named, ...ends, environment, signal: io.signal });
    if (io.json) io.emit(diff);
    // `text` ends in a line break, and so does what is printed: the same bytes.
    else io.print(diff.text.replace(/\n$/, ''));
    return exit.ok;
  },
};

function folderOf(root: string, typed: string | boolean | undefined): string {
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
