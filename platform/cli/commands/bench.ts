import { benches } from '../../bench/benches.ts';
import { CliError, exit, type Command } from '../command.ts';
import { textOf, wholeOf } from '../delivery/options.ts';
import { didYouMean } from '../spelling.ts';

export const command: Command = {
  name: 'bench',
  arguments: '<name>',
  about: 'Measures one thing against its target, with spread and control: charts, figures, speed, synth, telemetry, telemetry-store, up.',
  example: './journey bench synth --json',
  options: [{ flags: '--quick', about: 'fewer runs and no long ones: shows that the bench works, proves nothing' }, { flags: '--minutes <number>', about: 'how long charts are watched, 1 to 60 (default: 10)' }],
  async run(io, [name = ''], options) {
    const minutes = textOf(options, 'minutes');
    const listed = benches.find((one) => one.name === name);
    if (listed) return (await listed.load()).run(io, { quick: options['quick'] === true, minutes: minutes === undefined ? undefined : wholeOf(minutes, '--minutes', 60, 1) });
    const known = benches.map((one) => one.name);
    throw new CliError(exit.usage, {
      what: `There is no bench "${name}".`,
      why: `There is: ${benches.map((one) => `${one.name} (${one.about})`).join(', ')}`,
      fix: didYouMean(name, known) ?? `./journey bench ${known[0] ?? ''}`,
    });
  },
};
