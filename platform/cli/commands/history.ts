import { exit, type Command } from '../command.ts';
import { entryRows } from '../delivery/entry-rows.ts';
import { callerOf, signInOptions, textOf, wholeOf } from '../delivery/options.ts';
import { routes } from '../delivery/routes.ts';
import { aligned } from '../delivery/table.ts';
import { call } from '../journey/call.ts';

export const command: Command = {
  name: 'history',
  about: 'Lists what came to main, newest first: who, why, who approved, and what was taken back.',
  example: './journey history --environment local --workload gateway',
  options: [
    { flags: '--environment <name>', about: 'only what changed this one' },
    { flags: '--workload <name>', about: 'only what changed this one' },
    { flags: '--before <commit>', about: 'only what is older; all 40 digits' },
    { flags: '-n, --lines <count>', about: 'how many (default: 20)' },
    ...signInOptions,
  ],
  async run(io, _args, options) {
    const limit = String(wholeOf(textOf(options, 'lines') ?? '20', '--lines', 200, 1));
    const query = { environment: textOf(options, 'environment'), workload: textOf(options, 'workload'), before: textOf(options, 'before'), limit };
    const { body } = await call(await callerOf(io, options), routes.listHistory, 'The history cannot be read.', { query });
    if (io.json) io.emit(body);
    else for (const line of aligned(body.entries.flatMap((entry) => entryRows(io, entry)))) io.print(line);
    if (body.entries.length === 0) io.tell('Nothing on main fits.');
    if (body.next !== undefined) io.tell(`Older ones: \`./journey history --before ${body.next}\`.`);
    return exit.ok;
  },
};
