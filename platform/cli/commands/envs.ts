import { exit, type Command } from '../command.ts';
import { environmentLines } from '../delivery/environment-lines.ts';
import { callerOf, signInOptions } from '../delivery/options.ts';
import { routes } from '../delivery/routes.ts';
import { call } from '../journey/call.ts';

export const command: Command = {
  name: 'envs',
  about: 'Shows every environment: what main says of each workload, and what its engine sees.',
  example: './journey envs',
  options: signInOptions,
  async run(io, _args, options) {
    const { body } = await call(await callerOf(io, options), routes.listEnvironments, 'The environments cannot be read.');
    if (io.json) io.emit(body);
    else body.environments.map((one) => environmentLines(io, one)).forEach((lines, i) => { for (const line of i === 0 ? lines : ['', ...lines]) io.print(line); });
    return exit.ok;
  },
};
