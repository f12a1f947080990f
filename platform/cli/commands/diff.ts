import { exit, type Command } from '../command.ts';
import { repositoryOption, repositoryWith } from '../diff/repository-option.ts';

export const command: Command = {
  name: 'diff',
  arguments: '<range> [environment]',
  about: 'Says what differs between two revisions, as what a person decides about: in Markdown, as pull requests show it.',
  example: './journey diff main..HEAD production',
  options: [repositoryOption],
  async run(io, [range = '', environment], options) {
    const { diffBetween, rangeOf } = await import('../diff/revisions.ts');
    const ends = rangeOf(range);
    const diff = await diffBetween({ folder: await repositoryWith(io.root, options['repository'], ends), ...ends, environment, signal: io.signal });
    if (io.json) io.emit(diff);
    // `text` ends in a line break, and so does what is printed: the same bytes.
    else io.print(diff.text.replace(/\n$/, ''));
    return exit.ok;
  },
};
