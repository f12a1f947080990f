import { spawn, type ChildProcess } from 'node:child_process';
import { isAbsolute } from 'node:path';
import { textOf } from './redact.ts';
import { codeOf } from './adapters/error.ts';

export interface GitOptions {
  readonly input?: string | Uint8Array;
  /** Then it is asked to end, and a second later made to. @default 20000 */
  readonly timeoutMs?: number;
  /** Of the standard output. @default 16777216 */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  /** Exit codes that are answers and no errors. @default [0] */
  readonly expected?: readonly number[];
  /** Absolute; with `index` in place of the folder's own for commands that need files. */
  readonly workTree?: string;
  /** Absolute path of an index file. */
  readonly index?: string;
  /** Who and when, for what makes commits: `GIT_AUTHOR_NAME` and so on; see `identityOf`. */
  readonly identity?: Readonly<Record<string, string>>;
  /** Protocols besides files. @default none */
  readonly over?: 'https' | 'http';
  /** Settings that may be secret: they travel in the environment, never in the argument list that everybody on the machine sees. */
  readonly secretConfig?: Readonly<Record<string, string>>;
}
export interface GitAnswer {
  readonly exit: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** `failed`: git said no. `timeout`, `too_large`, `aborted`: it was ended. `missing`: there is no git. */
export type GitFailure = 'failed' | 'timeout' | 'too_large' | 'aborted' | 'missing';

/** Says which command failed and what git said, without credentials; never what was on its standard input. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly code: GitFailure;
  readonly exit: number | null;
  readonly stderr: string;
  constructor(code: GitFailure, command: string, why: string, more: { readonly exit?: number | null; readonly stderr?: string; readonly cause?: unknown } = {}) {
    super(`git ${command}: ${why}`, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.exit = more.exit ?? null;
    this.stderr = more.stderr ?? '';
  }
}

/**
 * What git may know: nothing of the user or the machine, no hooks, no helpers, no prompts, no protocol but files.
 * `protocol.allow` is what keeps `ext::sh -c …` from ever being a remote (git-config(1)).
 */
const SETTINGS = [
  'core.hooksPath=/dev/null', 'core.fsmonitor=false', 'core.untrackedCache=false', 'core.attributesFile=/dev/null', 'core.excludesFile=/dev/null', 'core.quotePath=false',
  'core.filesRefLockTimeout=1000', 'core.packedRefsTimeout=2000', 'core.autocrlf=false', 'safe.directory=*', 'credential.helper=', 'gc.auto=0', 'maintenance.auto=false',
  'protocol.allow=never', 'protocol.file.allow=always', 'submodule.recurse=false', 'fetch.recurseSubmodules=false', 'transfer.fsckObjects=true', 'http.followRedirects=false',
  'commit.gpgSign=false', 'tag.gpgSign=false', 'push.gpgSign=false', 'log.showSignature=false', 'diff.external=', 'advice.detachedHead=false',
];
const ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin:/run/current-system/sw/bin', HOME: '/nonexistent', XDG_CONFIG_HOME: '/nonexistent', LC_ALL: 'C', TZ: 'UTC',
  GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', GIT_ATTR_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: 'false', SSH_ASKPASS: 'false',
  GIT_SSH_COMMAND: 'false', GIT_EDITOR: 'false', GIT_PAGER: 'cat', GIT_OPTIONAL_LOCKS: '0', GIT_NO_REPLACE_OBJECTS: '1', GIT_NO_LAZY_FETCH: '1', GIT_LITERAL_PATHSPECS: '1',
};
const SAID = 16_384;

/**
 * Runs git on one git folder (a bare one, or `.git`), without a shell, with a clean environment, for a bounded time and output.
 * Whatever a person typed stands after `--end-of-options` or `--`, or has passed `git-names.ts`.
 * @param folder absolute
 * @throws {GitError}
 */
export async function runGit(folder: string, args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
  const { timeoutMs = 20_000, maxBytes = 16 * 1024 * 1024, expected = [0], workTree, signal } = options;
  const command = args[0] ?? '';
  if (!isAbsolute(folder) || (workTree !== undefined && !isAbsolute(workTree))) throw new GitError('failed', command, 'its folder must be an absolute path');
  if (args.some((arg) => arg.includes('\0'))) throw new GitError('failed', command, 'an argument holds U+0000');
  if (signal?.aborted) throw new GitError('aborted', command, 'given up before it began');
  const place = [`--git-dir=${folder}`, ...(workTree === undefined ? [] : [`--work-tree=${workTree}`])];
  const child = spawn('git', ['--no-pager', ...place, ...SETTINGS.flatMap((setting) => ['-c', setting]), ...args], {
    // A group of its own: what git starts (index-pack, remote-https) ends with it.
    detached: true, cwd: workTree ?? '/', env: environmentOf(options), stdio: ['pipe', 'pipe', 'pipe'],
  });
  const { exit, stdout, stderr, ended } = await watched(child, { timeoutMs, maxBytes, signal, input: options.input });
  if (typeof ended === 'object') throw new GitError('missing', command, 'it cannot be started. Install git 2.38 or newer.', { cause: ended.cause });
  if (ended === 'timeout') throw new GitError('timeout', command, `not done after ${timeoutMs} ms`, { stderr });
  if (ended === 'too_large') throw new GitError('too_large', command, `more than ${maxBytes} bytes of output`);
  if (ended === 'aborted') throw new GitError('aborted', command, 'given up, because its caller has left');
  if (exit === null || !expected.includes(exit)) throw new GitError('failed', command, `exit ${exit ?? 'by a signal'}${stderr === '' ? '' : `: ${stderr}`}`, { exit, stderr });
  return { exit, stdout, stderr };
}

/** The same, for commands that answer one short text: without its last line break. */
export async function gitText(folder: string, args: readonly string[], options?: GitOptions): Promise<string> {
  return (await runGit(folder, args, options)).stdout.toString('utf8').replace(/\n$/, '');
}

function environmentOf({ over, index, identity, secretConfig = {} }: GitOptions): Record<string, string> {
  const config = [...(over === undefined ? [] : [[`protocol.${over}.allow`, 'always'] as const]), ...Object.entries(secretConfig)];
  return {
    ...ENVIRONMENT, ...identity,
    ...(index === undefined ? {} : { GIT_INDEX_FILE: index }),
    GIT_CONFIG_COUNT: String(config.length),
    ...Object.fromEntries(config.flatMap(([key, value], i) => [[`GIT_CONFIG_KEY_${i}`, key], [`GIT_CONFIG_VALUE_${i}`, value]])),
  };
}

interface Watch { readonly timeoutMs: number; readonly maxBytes: number; readonly signal: AbortSignal | undefined; readonly input: string | Uint8Array | undefined }
type Ended = 'by itself' | 'timeout' | 'too_large' | 'aborted' | { readonly cause: unknown };

/** Collects what it says; ends it when the time, the space or the patience of the caller is used up. */
function watched(child: ChildProcess, { timeoutMs, maxBytes, signal, input }: Watch): Promise<{ exit: number | null; stdout: Buffer; stderr: string; ended: Ended }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let [size, said, ended]: [number, string, Ended] = [0, '', 'by itself'];
    let hard: NodeJS.Timeout | undefined;
    const end = (why: Ended) => {
      if (ended !== 'by itself') return;
      ended = why;
      // Asked first, so that it removes its lock files.
      kill(child, 'SIGTERM');
      hard = setTimeout(() => kill(child, 'SIGKILL'), 1000);
    };
    const timer = setTimeout(() => end('timeout'), timeoutMs);
    const abort = () => end('aborted');
    signal?.addEventListener('abort', abort, { once: true });
    const done = (exit: number | null) => {
      clearTimeout(timer);
      clearTimeout(hard);
      signal?.removeEventListener('abort', abort);
      resolve({ exit, stdout: Buffer.concat(chunks), stderr: textOf(said.trim()), ended });
    };
    child.stdout?.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) end('too_large');
      else chunks.push(chunk);
    });
    child.stderr?.on('data', (chunk: Buffer) => { if (said.length < SAID) said = (said + chunk.toString('utf8')).slice(0, SAID); });
    child.once('error', (cause) => {
      // A child that was never there does not close.
      if (child.pid !== undefined) return;
      ended = { cause: codeOf(cause) ?? cause };
      done(null);
    });
    child.once('close', done);
    // It may end without reading everything: its exit code says why, EPIPE does not.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
  });
}

function kill({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}
