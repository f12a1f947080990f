import type { Command } from '../command.ts';
import { askFor } from '../delivery/ask-for.ts';
import { callerOf, reasonOf, reasonOption, signInOptions, waitOptions } from '../delivery/options.ts';

export const command: Command = {
  name: 'promote',
  arguments: '<from> <to> [workloads...]',
  about: 'Asks for the releases of one environment in the one after it: the same digests travel.',
  example: './journey promote dev staging gateway --reason "ran for a day"',
  options: [reasonOption, ...waitOptions, ...signInOptions],
  async run(io, [from = '', to = '', ...workloads], options) {
    const reason = reasonOf(options, ['./journey promote', from, to, ...workloads].join(' '));
    return askFor(io, await callerOf(io, options), 'promote', { from, to, ...(workloads.length === 0 ? {} : { workloads: [...new Set(workloads)] }), reason }, options);
  },
};
