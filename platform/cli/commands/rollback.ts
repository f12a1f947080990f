import { exit, type Command } from '../command.ts';
import { askFor } from '../delivery/ask-for.ts';
import { confirmed } from '../delivery/confirm.ts';
import { hopsOf, printDiff, readDiff } from '../delivery/diff-text.ts';
import { callerOf, reasonOf, reasonOption, signInOptions, textOf, waitOptions } from '../delivery/options.ts';
import { personHere, type PersonHere } from '../delivery/person-here.ts';
import { takenBack } from '../delivery/taken-back.ts';
import { oneLine } from '../delivery/table.ts';
import { short } from '../delivery/words.ts';

export const command: Command = commandWith(personHere);

/** The command, with whoever is asked. */
export function commandWith(person: PersonHere): Command {
  return {
    name: 'rollback',
    arguments: '<commit|#pull>',
    about: 'Takes a commit of main back: shows what that changes and which hops, asks, then follows it.',
    example: "./journey rollback '#3' --reason \"it answered with errors\"",
    options: [
      reasonOption, { flags: '--environment <name>', about: 'whose (default: the one that the commit changed)' },
      { flags: '--confirm <environment>', about: 'its name, where people depend on it, such as production' }, { flags: '-y, --yes', about: 'do not ask' },
      ...waitOptions, ...signInOptions,
    ],
    async run(io, [typed = ''], options) {
      const reason = reasonOf(options, `./journey rollback ${typed.startsWith('#') ? `'${typed}'` : typed}`);
      const caller = await callerOf(io, options);
      const { entry, environment, before } = await takenBack(caller, typed, textOf(options, 'environment'));
      io.tell(oneLine(`${short(entry.commit)}  ${entry.title}, by ${entry.requestedBy ?? entry.author}`));
      // From the commit to what was before it: what the pull request does on top of today's main is shown there.
      const diff = await readDiff(caller, { from: entry.commit, to: before, environment });
      if (!io.json) printDiff(io, diff.text);
      io.tell(oneLine(`Hops that change: ${hopsOf(diff).join(', ') || 'none'}.`));
      const confirm = await confirmed(io, caller, { environment, touched: entry.environments, commit: entry.commit, typed: textOf(options, 'confirm'), yes: options['yes'] === true }, person);
      if (confirm === null) {
        io.tell('Nothing was taken back.');
        return exit.failure;
      }
      return askFor(io, caller, 'rollback', { environment, commit: entry.commit, reason, ...confirm }, options);
    },
  };
}
