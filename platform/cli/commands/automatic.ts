import { CliError, exit, type Command } from '../command.ts';
import { callerOf, reasonOf, reasonOption, signInOptions } from '../delivery/options.ts';
import { routes } from '../delivery/routes.ts';
import { oneLine } from '../delivery/table.ts';
import { call } from '../journey/call.ts';

export const command: Command = {
  name: 'automatic',
  arguments: '<environment> <on|off>',
  about: 'Switches automatic sync: off, commits of main wait until somebody says `sync`; a process that ends is still started again.',
  example: './journey automatic local off --reason "looking at drift"',
  options: [reasonOption, ...signInOptions],
  async run(io, [environment = '', wanted = ''], options) {
    if (wanted !== 'on' && wanted !== 'off') throw new CliError(exit.usage, { what: `"${wanted}" is neither on nor off.`, why: 'Automatic sync is one of both.', fix: `\`./journey automatic ${environment} on --reason …\`` });
    const reason = reasonOf(options, `./journey automatic ${environment} ${wanted}`);
    const { body } = await call(await callerOf(io, options), routes.setAutomatic, `Automatic sync of ${environment} stays as it was.`, { params: { environment }, body: { automatic: wanted === 'on', reason } });
    if (io.json) io.emit(body);
    else io.print(oneLine(`${body.environment}: automatic sync is ${body.automatic ? 'on' : 'off'} (${body.engine}).`));
    return exit.ok;
  },
};
