import { CliError, exit, type Command } from '../command.ts';
import { folderOf } from '../runner/folder.ts';
import { printTable } from '../runner/table.ts';
import { installationView } from '../runner/view.ts';

export const command: Command = {
  name: 'status',
  about: 'Shows what runs, where, and how it feels.',
  example: './journey status --json',
  async run(io) {
    const view = await installationView(folderOf(io.root));
    if (!view) throw new CliError(exit.unhealthy, { what: 'nothing runs', why: 'nobody has started this checkout, or it was stopped', fix: 'Start it: `./journey up`.' });
    printTable(io, view);
    if (view.phase === 'stopped') {
      throw new CliError(exit.unhealthy, { what: 'its runner is gone', why: `process ${view.runner.pid} ended without stopping what it had started`, fix: 'Tidy up and start again: `./journey up`.' });
    }
    return [...view.processes, ...(view.postgres ? [view.postgres] : [])].every(({ health }) => health === 'Healthy') ? exit.ok : exit.unhealthy;
  },
};
