import { exit, type Command } from '../command.ts';
import { printDiff } from '../delivery/diff-text.ts';
import { callerOf, signInOptions } from '../delivery/options.ts';
import { pullLines } from '../delivery/pull-lines.ts';
import { numberOf, readPull } from '../delivery/pull.ts';

export const command: Command = {
  name: 'pull',
  arguments: '<number>',
  about: 'Shows one pull request: its diff on stdout, with the bytes of `./journey diff`, and all else on stderr.',
  example: './journey pull 3',
  options: signInOptions,
  async run(io, [typed = ''], options) {
    const number = numberOf(typed, 'pull');
    const page = await readPull(await callerOf(io, options), number);
    if (io.json) io.emit(page);
    else {
      for (const line of pullLines(page)) io.tell(line);
      io.tell('');
      printDiff(io, page.diff?.text ?? '');
    }
    return exit.ok;
  },
};
