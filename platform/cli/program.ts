import { Command as Commander, CommanderError } from 'commander';
import type { Command, ExitCode, Io } from './command.ts';
import { exit } from './command.ts';
import type { Listed } from './commands.ts';

export interface Wanted {
  readonly json: boolean;
  readonly verbose: boolean;
}
/** The flags that come before `Io` exists; they may stand anywhere before `--`. */
export function wantedOf(args: readonly string[]): Wanted {
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  return { json: own.includes('--json'), verbose: own.includes('--verbose') };
}

/**
 * Runs one command line. Only the command that is asked for is imported.
 * @throws CommanderError for a wrong command line, and whatever the command throws.
 */
export async function run(args: readonly string[], listed: readonly Listed[], io: Io): Promise<ExitCode> {
  const words = args.filter((word) => !word.startsWith('-'));
  const helped = words[0] === 'help' ? words[1] : words[0];
  const chosen = listed.find(({ name }) => name === helped);
  if (words.length === 0 || (words[0] === 'help' && (helped === undefined || helped === 'help'))) {
    // `./journey --jsom` is a typo, not a wish for the list.
    if (args.every((word) => ['help', '--help', '-h', '--json', '--verbose'].includes(word))) return list(listed, io);
  }
  let code: ExitCode = exit.ok;
  const program = framed(new Commander('journey'), io).description(ABOUT);
  for (const one of listed) {
    const command = framed(program.command(one.name).description(one.about), io);
    if (one === chosen) define(command, await one.load(), io, (result) => void (code = result));
  }
  try {
    await program.parseAsync(words[0] === 'help' ? [helped ?? '', ...(chosen ? ['--help'] : [])] : [...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exit.ok;
    throw error;
  }
  return code;
}

const ABOUT = 'Runs Request-Journey: one typed model of workloads, rendered for every environment, run on a laptop.';

function framed(command: Commander, io: Io): Commander {
  return command
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.print(text.trimEnd()), writeErr: () => {}, getOutHasColors: () => false })
    .helpCommand(false)
    .allowExcessArguments(false)
    .showSuggestionAfterError(true)
    .helpOption('-h, --help', 'show this');
}

function define(target: Commander, command: Command, io: Io, done: (code: ExitCode) => void): void {
  target
    .option('--json', 'data as JSON on stdout, one value per line')
    .option('--verbose', 'show the stack of an error')
    .addHelpText('after', `\nExample:\n  $ ${command.example}`);
  if (command.arguments !== undefined) target.arguments(command.arguments);
  for (const { flags, about } of command.options ?? []) target.option(flags, about);
  target.action(async () => {
    const options: Record<string, string | boolean | undefined> = target.opts();
    done(await command.run(io, target.args, options));
  });
}

function list(listed: readonly Listed[], io: Io): ExitCode {
  if (io.json) {
    for (const { name, about } of listed) io.emit({ name, about });
    return exit.ok;
  }
  const wide = Math.max(...listed.map(({ name }) => name.length), 'help'.length);
  io.print(io.style.bold('./journey <command>'));
  io.print(ABOUT);
  io.print('');
  for (const { name, about } of [...listed, { name: 'help', about: 'Shows this list, or one command: `./journey help up`.' }]) io.print(`  ${io.style.bold(name.padEnd(wide))}  ${about}`);
  io.print('');
  io.print('Example:');
  io.print('  $ ./journey help up');
  io.print('');
  io.print('Every command: --help (with an example), --json (one value per line on stdout), --verbose (stacks).');
  io.print('Exit codes: 0 ok · 1 failure · 2 usage · 3 model or manifest wrong · 4 unhealthy or timed out · 5 port or dependency missing · 130 interrupted.');
  return exit.ok;
}
