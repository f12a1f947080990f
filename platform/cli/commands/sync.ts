import { exit, type Command } from '../command.ts';
import { environmentLines } from '../delivery/environment-lines.ts';
import { followSync } from '../delivery/follow-sync.ts';
import { callerOf, patienceOf, reasonOf, reasonOption, signInOptions, waitOptions } from '../delivery/options.ts';
import { routes } from '../delivery/routes.ts';
import { call } from '../journey/call.ts';

export const command: Command = {
  name: 'sync',
  arguments: '<environment>',
  about: 'Makes an environment what main says, now, and follows it until it is.',
  example: './journey sync local --reason "automatic sync is off"',
  options: [reasonOption, ...waitOptions, ...signInOptions],
  async run(io, [environment = ''], options) {
    const reason = reasonOf(options, `./journey sync ${environment}`);
    const patienceMs = patienceOf(options);
    const caller = await callerOf(io, options);
    const { body } = await call(caller, routes.sync, `${environment} is not synced.`, { params: { environment }, body: { reason } });
    io.tell(`${body.engine} makes ${environment} what main says.`);
    if (patienceMs === undefined) {
      if (io.json) io.emit(body);
      return exit.ok;
    }
    const seen = await followSync(caller, environment, patienceMs);
    if (io.json) io.emit(seen);
    else for (const line of environmentLines(io, seen)) io.print(line);
    return seen.workloads.every(({ sync, health }) => sync === 'Synced' && health === 'Healthy') ? exit.ok : exit.unhealthy;
  },
};
