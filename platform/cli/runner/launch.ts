import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliError, exit } from '../command.ts';
import type { Folder } from './folder.ts';
import type { GuardPolicy } from './guard-policy.ts';
import { openLog } from './log-file.ts';

export interface LaunchOptions {
  readonly folder: Folder;
  readonly name: string;
  /** Starts with `node`. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where it runs. @default the checkout */
  readonly root?: string;
  /** Listening sockets to hand over, by name (services/kit/sockets.ts). */
  readonly sockets?: readonly { readonly name: string; readonly fd: number }[];
  /** Absent for a build, which may talk to itself as it likes. */
  readonly guard?: GuardPolicy;
  /** One line for its stdin; its stdout then goes to the caller instead of the log. */
  readonly input?: string;
}

/** The first descriptor after the three standard ones; sockets come first, then the one on which a process sees that the runner has ended. */
const FIRST = 3;
/**
 * NODE_OPTIONS that load the guard. Required, not imported: a thread that evaluates text starts before its imports have ended.
 * Quoted as Node's command line wants it: the path may hold spaces.
 */
export const PRELOAD = `--require "${fileURLToPath(new URL('preload.ts', import.meta.url)).replaceAll(/["\\]/g, '\\$&')}"`;

/** MiB, of a workload's heap: what a pod's limits leave the largest of them. V8 lets a heap grow by what it may become, and collects a smaller one sooner. */
const HEAP = 384;

/** Starts a process with nothing of the person's environment; what it says goes to its log. It leads a group of its own: ^C reaches the runner alone. */
export function launchProcess(options: LaunchOptions): ChildProcess {
  const { folder, command, guard, input, sockets = [] } = options;
  const lifeline = FIRST + sockets.length;
  const log = openLog(folder.log(options.name));
  const env = {
    ...options.env,
    PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    NODE_COMPILE_CACHE: folder.compileCache,
    ...(guard ? { NODE_OPTIONS: PRELOAD, JOURNEY_GUARD: JSON.stringify(guard), JOURNEY_LIFELINE: String(lifeline) } : {}),
    ...(sockets.length > 0 ? { LISTEN_FDS: String(sockets.length), LISTEN_FDNAMES: sockets.map(({ name }) => name).join(':') } : {}),
  };
  const args = [...(guard ? [`--max-old-space-size=${HEAP}`] : []), ...command.slice(1)];
  const streams = input === undefined ? ['ignore' as const, log, log] : ['pipe' as const, 'pipe' as const, log];
  const child = spawn(process.execPath, args, { cwd: options.root ?? folder.root, env, detached: true, stdio: [...streams, ...sockets.map(({ fd }) => fd), 'pipe'] });
  closeSync(log);
  child.on('error', () => {});
  child.stdin?.on('error', () => {});
  child.stdin?.end(`${input ?? ''}\n`);
  child.stdio.at(-1)?.on('error', () => {});
  return child;
}

/** Runs a process to its end; answers its stdout if it got an input. @throws {CliError} (1) with its last words when it fails; the signal's reason when aborted */
export async function runProcess(options: LaunchOptions, lastWords: () => string, signal: AbortSignal, spawned: (child: ChildProcess) => void): Promise<string> {
  signal.throwIfAborted();
  const child = launchProcess(options);
  spawned(child);
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-65_536)));
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  const code = await new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (exitCode, by) => resolve(exitCode ?? by ?? '?'));
  });
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (code === 0) return said;
  throw new CliError(exit.failure, { what: `\`${options.command.join(' ')}\` failed (${code})`, why: lastWords() || 'it said nothing', fix: `Read \`./journey logs ${options.name}\`, mend it, and run the command again.` });
}
