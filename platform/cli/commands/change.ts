import { CliError, exit, type Command } from '../command.ts';
import { askFor } from '../delivery/ask-for.ts';
import { knobValue } from '../delivery/knob-value.ts';
import { callerOf, environmentOption, reasonOf, reasonOption, signInOptions, textOf, waitOptions, wholeOf } from '../delivery/options.ts';

export const command: Command = {
  name: 'change',
  arguments: '<what> <name> <value> [most]',
  about: 'Asks for another value of a knob, or another size of a workload: always a pull request.',
  example: './journey change knob rateLimit 100 --reason "fewer requests"',
  options: [environmentOption, reasonOption, ...waitOptions, ...signInOptions],
  async run(io, [what = '', name = '', value = '', most], options) {
    const typed = ['./journey change', what, name, value, most].filter((word) => word !== undefined).join(' ');
    const environment = textOf(options, 'environment') ?? 'local';
    if (what !== 'knob' && what !== 'scale') throw misused(`"${what}" is nothing that can be changed.`, 'There are knobs and scales.');
    if (what === 'knob' && most !== undefined) throw misused('A knob has one value.', `${value} and ${most} are two.`);
    const reason = reasonOf(options, typed);
    const size = what === 'scale' ? { workload: name, replicas: wholeOf(value, '<value>', 1000), ...(most === undefined ? {} : { most: wholeOf(most, '[most]', 1000) }) } : undefined;
    const caller = await callerOf(io, options);
    return askFor(io, caller, 'change', { environment, reason, ...size ?? { knob: name, value: await knobValue(caller, environment, name, value) } }, options);
  },
};

const misused = (what: string, why: string) => new CliError(exit.usage, { what, why, fix: 'Write `./journey change knob rateLimit 100 --reason …` or `./journey change scale gateway 2 --reason …`.' });
