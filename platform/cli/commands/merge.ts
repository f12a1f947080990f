import { exit, type Command } from '../command.ts';
import { go } from '../delivery/ask-for.ts';
import { commitOption, decide } from '../delivery/decide.ts';
import { callerOf, patienceOf, signInOptions, waitOptions } from '../delivery/options.ts';
import { numberOf } from '../delivery/pull.ts';
import { routes } from '../delivery/routes.ts';
import { short } from '../delivery/words.ts';
import { call } from '../journey/call.ts';

export const command: Command = {
  name: 'merge',
  arguments: '<number>',
  about: 'Merges a pull request that nothing hinders, and follows it until it is real.',
  example: './journey merge 3',
  options: [commitOption, ...waitOptions, ...signInOptions],
  async run(io, [typed = ''], options) {
    const number = numberOf(typed, 'merge');
    const patienceMs = patienceOf(options);
    const caller = await callerOf(io, options);
    const { change: id, mergedAs = '' } = await decide(caller, 'merge', number, options);
    io.tell(`Pull request ${number} is merged as ${short(mergedAs)}.`);
    if (id === undefined) return exit.ok;
    return go(io, caller, (await call(caller, routes.read, `The change ${id} cannot be read.`, { params: { id } })).body, patienceMs);
  },
};
