import { exit, type Command } from '../command.ts';
import { callerOf, reasonOf, reasonOption, signInOptions } from '../delivery/options.ts';
import { numberOf } from '../delivery/pull.ts';
import { routes } from '../delivery/routes.ts';
import { call } from '../journey/call.ts';

export const command: Command = {
  name: 'close',
  arguments: '<number>',
  about: 'Closes a pull request without merging it.',
  example: './journey close 3 --reason "not needed any more"',
  options: [reasonOption, ...signInOptions],
  async run(io, [typed = ''], options) {
    const number = numberOf(typed, 'close');
    const reason = reasonOf(options, `./journey close ${number}`);
    const { body } = await call(await callerOf(io, options), routes.close, `Pull request ${number} is not closed.`, { params: { number: String(number) }, body: { reason } });
    if (io.json) io.emit(body);
    else io.print(`#${number} is ${body.state}.`);
    return exit.ok;
  },
};
