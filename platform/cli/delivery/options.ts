import { CliError, exit, type Command, type Io } from '../command.ts';
import type { Caller } from '../journey/gateway.ts';
import { callerFrom } from '../journey/installation.ts';

export type Options = Parameters<Command['run']>[2];

export const signInOptions = [
  { flags: '--as <person>', about: "sign in as somebody else (default: the command line's own account); on a terminal its password is asked for" },
  { flags: '--password-stdin', about: 'read the password of --as from standard input, without asking' },
] as const;
export const reasonOption = { flags: '--reason <text>', about: 'why, in at most 500 characters: it goes into the audit and the history' } as const;
export const environmentOption = { flags: '--environment <name>', about: 'where (default: local)' } as const;
export const waitOptions = [
  { flags: '--no-wait', about: 'return as soon as it was taken' },
  { flags: '--patience <seconds>', about: 'how long it is followed (default: 180)' },
] as const;

/** Signs in as the options say. */
export function callerOf(io: Io, options: Options): Promise<Caller> {
  const name = textOf(options, 'as');
  return callerFrom(io, name === undefined ? undefined : { name, fromStdin: options['passwordStdin'] === true });
}

export function textOf(options: Options, key: string): string | undefined {
  const value = options[key];
  return typeof value === 'string' ? value : undefined;
}

/** Nothing is changed without one. @throws {CliError} exit 2 */
export function reasonOf(options: Options, command: string): string {
  const reason = textOf(options, 'reason')?.trim() ?? '';
  if (reason !== '' && reason.length <= 500) return reason;
  throw new CliError(exit.usage, {
    what: reason === '' ? 'There is no reason.' : `The reason has ${reason.length} characters.`,
    why: reason === '' ? 'Whoever reads the history later asks why.' : 'The audit keeps 500.',
    fix: `Say it: \`${command} --reason "what for"\`.`,
  });
}

/** @returns how long it is followed, in milliseconds; undefined: not at all. @throws {CliError} exit 2 */
export function patienceOf(options: Options): number | undefined {
  if (options['wait'] === false) return undefined;
  return wholeOf(textOf(options, 'patience') ?? '180', '--patience', 86_400) * 1000;
}

/** A whole number. @throws {CliError} exit 2 */
export function wholeOf(typed: string, name: string, most: number, least = 0): number {
  const value = /^\d{1,9}$/.test(typed) ? Number(typed) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new CliError(exit.usage, { what: `"${typed}" is no value for ${name}.`, why: `It takes a whole number from ${least} to ${most}.`, fix: `Write one: ${name} ${Math.max(least, Math.min(most, 10))}.` });
}
