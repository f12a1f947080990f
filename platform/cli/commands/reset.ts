import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { CliError, exit, type Command, type Io } from '../command.ts';
import { folderOf, installationOf } from '../runner/folder.ts';
import { endLeftovers } from '../runner/leftovers.ts';
import { holderOf } from '../runner/lock.ts';

export const command: Command = {
  name: 'reset',
  about: 'Forgets all data, ports and secrets of this checkout.',
  example: './journey reset --yes',
  options: [{ flags: '-y, --yes', about: 'do not ask' }],
  async run(io, _args, options) {
    const folder = folderOf(io.root);
    if (holderOf(folder.lock)) throw new CliError(exit.failure, { what: 'it runs', why: 'the data is in use', fix: 'Stop it first: `./journey down && ./journey reset`.' });
    if (options['yes'] !== true && !(await agreed(io))) {
      io.tell('Nothing was removed.');
      return exit.failure;
    }
    await endLeftovers(folder, io.tell);
    // A folder outside belongs to this installation by its name (postgres-place.ts).
    const gone = [folder.data, folder.logs, folder.ports, folder.secrets, folder.credentials, folder.state, folder.lock, folder.remote, join(folder.base, 'worktrees'), join(folder.base, 'sync.json'), join('/var/tmp', `request-journey-${installationOf(io.root)}`)];
    for (const path of gone) rmSync(path, { recursive: true, force: true });
    io.tell('Data, mail, logs, ports, secrets and the local remote of this checkout are gone; Node and the packages stay.');
    return exit.ok;
  },
};

async function agreed(io: Io): Promise<boolean> {
  if (!process.stdin.isTTY) throw new CliError(exit.usage, { what: 'nobody is there to ask', why: 'reset removes all data, and stdin is no terminal', fix: 'Say so on the command line: `./journey reset --yes`.' });
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await ask.question('Remove all data, mail, logs, ports, secrets and the local remote (with commits that were never pulled) of this checkout? [y/N] ', { signal: io.signal })).trim());
  } finally {
    ask.close();
  }
}
