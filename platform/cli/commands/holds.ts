import { exit, type Command } from '../command.ts';
import { callerOf, signInOptions } from '../delivery/options.ts';
import { routes } from '../delivery/routes.ts';
import { aligned } from '../delivery/table.ts';
import { ago, short } from '../delivery/words.ts';
import { call } from '../journey/call.ts';

export const command: Command = {
  name: 'holds',
  about: 'Lists what was taken back, which nothing may bring again until an admin lifts it.',
  example: './journey holds',
  options: signInOptions,
  async run(io, _args, options) {
    const { body } = await call(await callerOf(io, options), routes.listHolds, 'The holds cannot be read.');
    if (io.json) io.emit(body);
    else for (const line of aligned(body.holds.map(({ id, environment, subject, value, by, at, reason }) => [{ text: String(id), paint: io.style.bold }, environment, `${subject} ${short(value)}`, `by ${by}`, `${ago(at)} ago`, reason.slice(0, 200)]))) io.print(line);
    io.tell(body.holds.length === 0 ? 'Nothing is held.' : 'An admin lifts one: `./journey lift <id> --reason … --as <admin> --password-stdin`.');
    return exit.ok;
  },
};
