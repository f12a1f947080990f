import { Problem } from '../../../services/kit/problem.ts';
import { CliError, exit, type Command, type ExitCode, type Io } from '../command.ts';
import { callerOf, signInOptions } from '../delivery/options.ts';
import { routes } from '../delivery/routes.ts';
import { aligned, oneLine } from '../delivery/table.ts';
import { ago, short } from '../delivery/words.ts';
import { holdsFolder, repositoryOption, repositoryWith } from '../diff/repository-option.ts';
import { call } from '../journey/call.ts';

export const command: Command = {
  name: 'holds',
  arguments: '[range]',
  about: 'Lists what was taken back, which nothing may bring again until an admin lifts it. With a range: whether that would, by the record in git.',
  example: './journey holds main..HEAD',
  options: [...signInOptions, repositoryOption],
  async run(io, [range], options) {
    if (range !== undefined) return await inRange(io, range, options);
    const { body } = await call(await callerOf(io, options), routes.listHolds, 'The holds cannot be read.');
    if (io.json) io.emit(body);
    else for (const line of aligned(body.holds.map(({ id, environment, subject, value, by, at, reason }) => [{ text: String(id), paint: io.style.bold }, environment, `${subject} ${short(value)}`, `by ${by}`, `${ago(at)} ago`, reason.slice(0, 200)]))) io.print(line);
    io.tell(body.holds.length === 0 ? 'Nothing is held.' : 'An admin lifts one: `./journey lift <id> --reason … --as <admin> --password-stdin`.');
    return exit.ok;
  },
};

/** For a merge that nobody but git is asked about. @throws {CliError} exit 3 when it brings what is held */
async function inRange(io: Io, range: string, options: Readonly<Record<string, string | boolean | undefined>>): Promise<ExitCode> {
  const [{ diffBetween, rangeOf }, { heldIn }] = await Promise.all([import('../diff/revisions.ts'), import('../diff/held.ts')]);
  const [ends, named] = [rangeOf(range), options['repository']];
  const folder = await repositoryWith(io.root, named, ends);
  const held = await heldIn(await diffBetween({ folder, ...ends, signal: io.signal }), await holdsFolder(io.root, named, folder)).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
    throw new CliError(exit.model, { what: error.message, why: 'Then nobody knows what may not come again.', fix: error.fix ?? '' }, error);
  });
  if (io.json) io.emit({ held });
  for (const { environment, subject, to, declaredAt, hold } of held) {
    if (!io.json) io.print(oneLine(`${environment}  ${subject} ${short(to)}  ${declaredAt === undefined ? '' : `${declaredAt}  `}held by ${hold.by}: ${hold.reason}`));
  }
  if (held.length === 0) {
    io.tell('Nothing of it is held.');
    return exit.ok;
  }
  throw new CliError(exit.model, { what: `${held.length === 1 ? 'One value' : `${held.length} values`} of ${range} may not come again.`, why: 'Each was taken back, and what was taken back is held (git log refs/journey/holds).', fix: 'Choose another value, or ask an admin to lift the hold: ./journey lift <number>.' });
}
