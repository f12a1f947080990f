import { CliError, exit, type Command } from '../command.ts';
import { callerOf, reasonOf, reasonOption, signInOptions } from '../delivery/options.ts';
import { routes } from '../delivery/routes.ts';
import { oneLine } from '../delivery/table.ts';
import { short } from '../delivery/words.ts';
import { call } from '../journey/call.ts';

export const command: Command = {
  name: 'lift',
  arguments: '<id>',
  about: 'Lifts a hold, so that what was taken back may come again. For admins.',
  example: './journey lift 1 --reason "it was the network" --as admin@journey.local --password-stdin < password',
  options: [reasonOption, ...signInOptions],
  async run(io, [id = ''], options) {
    if (!/^[1-9]\d{0,8}$/.test(id)) throw new CliError(exit.usage, { what: `"${id}" is no number of a hold.`, why: 'They count from 1 on.', fix: '`./journey holds` lists them.' });
    const reason = reasonOf(options, `./journey lift ${id}`);
    const { body } = await call(await callerOf(io, options), routes.liftHold, `Hold ${id} is not lifted.`, { params: { id }, body: { reason } });
    if (io.json) io.emit(body);
    else io.print(oneLine(`${body.subject} ${short(body.value)} may be asked for again in ${body.environment}.`));
    return exit.ok;
  },
};
