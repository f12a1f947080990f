import { CommanderError } from 'commander';
import { ModelError } from '../model/index.ts';
import { CliError, exit, type ExitCode, type Io } from './command.ts';
import { styleFor, visible } from './style.ts';

/** ^C, or the end of the terminal: not an error, but not a success either. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor() {
    super('interrupted');
  }
}

/** Says what went wrong in three lines on stderr and answers the exit code. The stack only with `--verbose`. */
export function report(error: unknown, io: Pick<Io, 'tell' | 'verbose'>, style = styleFor(false, {})): ExitCode {
  if (error instanceof Interrupted) return exit.interrupted;
  const { code, what, why, fix } = saidOf(error);
  io.tell(`${style.bad('✗')} ${visible(what)}`);
  io.tell(`  why: ${visible(why)}`);
  io.tell(`  fix: ${visible(fix)}`);
  if (io.verbose) for (const line of stackOf(error)) io.tell(`  ${visible(line)}`);
  return code;
}

export interface Said { readonly code: ExitCode; readonly what: string; readonly why: string; readonly fix: string }

/** Any error as what, why and fix. */
export function saidOf(error: unknown): Said {
  if (error instanceof Interrupted) return { code: exit.interrupted, what: 'it was stopped before everything was ready', why: '`./journey down`, or another signal, ended it meanwhile', fix: 'Start it again: `./journey up`.' };
  if (error instanceof CliError) return { code: error.code, what: error.message, why: error.why, fix: error.fix };
  if (error instanceof ModelError) return { code: exit.model, what: `the model is wrong at ${error.where}`, why: error.message, fix: error.fix };
  if (error instanceof CommanderError) return usageOf(error);
  if (error instanceof SyntaxError) return { code: exit.model, what: `${whereOf(error) ?? 'a file of the model'} cannot be read`, why: error.message.trim(), fix: 'Correct that file; `npx tsc -p .` lists everything that is wrong with the model.' };
  if (isNodeError(error) && error.code === 'ERR_MODULE_NOT_FOUND') return missingModule(error);
  const message = error instanceof Error ? error.message : String(error);
  return { code: exit.failure, what: message || 'something failed without saying why', why: 'nobody expected this error here', fix: 'Run the same command with --verbose and read the stack; `./journey doctor` looks for common causes.' };
}

/** Commander: `error: unknown command 'upp'\n(Did you mean up?)`. */
function usageOf(error: CommanderError): Said {
  const [first = '', hint = ''] = error.message.replace(/^error: /, '').split('\n');
  const meant = /Did you mean (?:one of )?(.+?)\?/.exec(hint)?.[1];
  return {
    code: exit.usage,
    what: first,
    why: 'the command line does not have this form',
    fix: meant === undefined ? '`./journey help` lists the commands, `./journey <command> --help` its options.' : `Did you mean ${meant}? \`./journey help\` lists everything.`,
  };
}

/** Node puts the place of a syntax error before the stack: `file:///x/platform/workloads/gateway.ts:28`; JSON has it in its message. */
function whereOf(error: SyntaxError): string | undefined {
  const url = /^file:\/\/(\/.+\.ts:\d+)/m.exec(error.stack ?? '')?.[1];
  return url === undefined ? /^(\/.+\.json): /.exec(error.message)?.[1] : decodeURI(url);
}

function missingModule(error: Error): Said {
  const name = /Cannot find package '(.+?)'/.exec(error.message)?.[1];
  if (name === undefined) return { code: exit.model, what: 'a file is imported that does not exist', why: error.message, fix: 'Correct the import, or restore the file: `git status`.' };
  return { code: exit.missing, what: `the package ${name} is not installed`, why: error.message, fix: 'Install again: `rm .journey/installed`, then the same command.' };
}

function isNodeError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}

function stackOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = (error.stack ?? '').split('\n');
  return error.cause === undefined ? own : [...own, 'caused by:', ...stackOf(error.cause)];
}
