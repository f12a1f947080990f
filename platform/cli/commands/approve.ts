import { exit, type Command } from '../command.ts';
import { decide } from '../delivery/decide.ts';
import { callerOf, signInOptions } from '../delivery/options.ts';
import { commitOption } from '../delivery/decide.ts';
import { approvalsIn, numberOf } from '../delivery/pull.ts';

export const command: Command = {
  name: 'approve',
  arguments: '<number>',
  about: 'Approves a pull request of somebody else, at the commit that was looked at.',
  example: './journey approve 3 --as ada@example.com --password-stdin < password',
  options: [commitOption, ...signInOptions],
  async run(io, [typed = ''], options) {
    const number = numberOf(typed, 'approve');
    const pull = await decide(await callerOf(io, options), 'approve', number, options);
    if (io.json) io.emit(pull);
    else io.print(`#${number} is approved by ${approvalsIn(pull)} of ${pull.needed}.`);
    io.tell(pull.mergeable ? `Next: \`./journey merge ${number}\`.` : pull.hindrances.join(' '));
    return exit.ok;
  },
};
