import { CliError, exit, type Command } from '../command.ts';
import { follow } from '../journey/follow.ts';
import { declarationsIn } from '../journey/declared.ts';
import { printJourney } from '../journey/print.ts';
import { callerFrom } from '../journey/installation.ts';

const TRACE = /^[0-9a-f]{32}$/;

export const command: Command = {
  name: 'trace',
  arguments: '<id>',
  about: 'Prints one request hop by hop, with what declared each.',
  example: './journey trace 4bf92f3577b34da6a3ce929d0e0e4736',
  options: [{ flags: '--environment <name>', about: 'whose manifests are shown (default: local)' }],
  async run(io, [id = ''], options) {
    if (!TRACE.test(id)) {
      throw new CliError(exit.usage, { what: `"${id}" is not a trace id.`, why: 'A trace id has 32 hexadecimal digits.', fix: 'Take it from the `trace-id` header of an answer, or from `./journey send`.' });
    }
    const environment = typeof options['environment'] === 'string' ? options['environment'] : 'local';
    const declared = await declarationsIn(io.root, environment);
    const caller = await callerFrom(io);
    const journey = await follow(caller, id, () => true, 0);
    if (!journey) {
      throw new CliError(exit.failure, { what: `No journey ${id} is known.`, why: 'Monitoring has no span of it: it never came through here, or it is older than the retention.', fix: 'Run `./journey send` for a new one.' });
    }
    printJourney(io, journey, declared);
    io.tell(`Manifests as they are rendered for ${environment}.`);
    return exit.ok;
  },
};
