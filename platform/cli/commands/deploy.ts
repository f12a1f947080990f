import type { Command } from '../command.ts';
import { askFor } from '../delivery/ask-for.ts';
import { callerOf, environmentOption, reasonOf, reasonOption, signInOptions, textOf, waitOptions } from '../delivery/options.ts';
import { releaseNamed } from '../delivery/revision.ts';

export const command: Command = {
  name: 'deploy',
  arguments: '<workload> <revision>',
  about: 'Asks for a release of one workload, and follows it until that answers.',
  example: './journey deploy configuration HEAD~1 --reason "the last good one"',
  options: [environmentOption, reasonOption, ...waitOptions, ...signInOptions],
  async run(io, [workload = '', typed = ''], options) {
    const reason = reasonOf(options, `./journey deploy ${workload} ${typed}`);
    const revision = await releaseNamed(io.root, typed);
    return askFor(io, await callerOf(io, options), 'deploy', { workload, environment: textOf(options, 'environment') ?? 'local', revision, reason }, options);
  },
};
