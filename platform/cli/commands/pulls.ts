import { exit, type Command } from '../command.ts';
import { callerOf, signInOptions } from '../delivery/options.ts';
import { pullRow } from '../delivery/pull-lines.ts';
import { routes } from '../delivery/routes.ts';
import { aligned } from '../delivery/table.ts';
import { call } from '../journey/call.ts';

export const command: Command = {
  name: 'pulls',
  about: 'Lists the open pull requests and who must still approve, then the newest that have ended.',
  example: './journey pulls',
  options: signInOptions,
  async run(io, _args, options) {
    const { body } = await call(await callerOf(io, options), routes.listPulls, 'The pull requests cannot be read.');
    if (io.json) io.emit(body);
    else if (body.pulls.length === 0) io.tell('There is no pull request yet: `./journey deploy`, `change`, `promote` and `rollback` open some.');
    else for (const line of aligned(body.pulls.map((pull) => pullRow(io, pull)))) io.print(line);
    if (!io.json && body.unlisted > 0) io.tell(`${body.unlisted} older open ${body.unlisted === 1 ? 'one is' : 'ones are'} not in this list: \`./journey pull <number>\` shows one. Merge or close what waits, and they come into sight.`);
    return exit.ok;
  },
};
