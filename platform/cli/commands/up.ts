import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CliError, exit, type Command, type ExitCode, type Io } from '../command.ts';
import { folderOf, type Folder } from '../runner/folder.ts';
import { holderOf } from '../runner/lock.ts';
import { openLog } from '../runner/log-file.ts';
import { messageFrom, type Failed } from '../runner/message.ts';
import type { FirstSignIn } from '../runner/people.ts';
import { localModel, type LocalModel } from '../runner/prepare.ts';
import { startRunner } from '../runner/runner.ts';
import { signInLink } from '../runner/sign-in-link.ts';
import { stateFile, type RunState } from '../runner/state.ts';
import { printSignIn, printTable } from '../runner/table.ts';
import { installationView } from '../runner/view.ts';
import { ended, requireHealthy, START_MS, untilRunning } from '../runner/wait.ts';

/** What `up` starts; a test gives smaller things. */
export interface UpParts {
  readonly model: () => Promise<LocalModel>;
  /** The script of the detached runner. */
  readonly script: string;
  /** How long somebody else's `up` may still take. @default what a workload gets twice over, and a build */
  readonly waitMs?: number;
}

export const command = upWith({ model: localModel, script: fileURLToPath(new URL('../runner/main.ts', import.meta.url)) });

export function upWith(parts: UpParts): Command {
  return {
    name: 'up',
    about: 'Starts everything on this machine and says where it is.',
    example: './journey up --detach',
    options: [
      { flags: '-d, --detach', about: 'return when everything is healthy; `./journey down` stops it' },
      { flags: '--link', about: 'print a new one-time sign-in link for the administrator' },
    ],
    async run(io, _args, options) {
      const folder = folderOf(io.root);
      const started = performance.now();
      if (!holderOf(folder.lock)) {
        const code = options['detach'] === true ? await detached(io, folder, started, parts) : await attached(io, folder, started, parts);
        if (code !== undefined) return code;
      }
      await untilRunning(io, folder, parts.waitMs ?? START_MS);
      return alreadyUp(io, folder, options['link'] === true ? await signInLink(folder, await parts.model(), io.signal) : undefined);
    },
  };
}

async function alreadyUp(io: Io, folder: Folder, signIn: FirstSignIn | undefined): Promise<ExitCode> {
  const view = await installationView(folder);
  if (!view || view.phase !== 'running') throw ended();
  io.tell('It runs already.');
  printTable(io, view, signIn);
  return requireHealthy([...(view.postgres ? [view.postgres] : []), ...view.processes]);
}

/** The runner lives in this process and ends with it. @returns undefined when another one was faster */
async function attached(io: Io, folder: Folder, started: number, parts: UpParts): Promise<ExitCode | undefined> {
  const model = await parts.model();
  const progress = io.progress('starting');
  const health = new Map<string, string>();
  const runner = await startRunner({
    folder, model, env: process.env, signal: io.signal, tell: io.tell,
    changed(name, status) {
      const before = health.get(name);
      health.set(name, status.health);
      if (before === status.health) return;
      if (status.health === 'Degraded') io.tell(`${name} is Degraded: ${status.why ?? ''}`);
      else if (before === 'Degraded' && status.health === 'Healthy') io.tell(`${name} is Healthy again`);
      else if (status.health === 'Healthy') progress.update(`${name} is ready`);
    },
  }).catch((error: unknown) => {
    progress.fail('not started');
    throw error;
  });
  if (!runner) {
    progress.done('another `./journey up` was faster');
    return undefined;
  }
  finish(progress, runner.state(), started);
  try {
    await shown(io, folder, runner.firstSignIn);
    io.tell('^C stops everything; `./journey up --detach` leaves it running.');
    await new Promise<void>((resolve) => (io.signal.aborted ? resolve() : io.signal.addEventListener('abort', () => resolve(), { once: true })));
  } finally {
    io.tell('stopping');
    await runner.stop();
  }
  throw io.signal.reason;
}

/** The runner gets a process of its own, in a session of its own, that outlives this one. @returns undefined when another one was faster */
async function detached(io: Io, folder: Folder, started: number, parts: UpParts): Promise<ExitCode | undefined> {
  const progress = io.progress('starting');
  const log = openLog(folder.log('runner'));
  const child = spawn(process.execPath, [parts.script], { cwd: folder.root, detached: true, stdio: ['ignore', log, log, 'ipc'] });
  closeSync(log);
  const interrupted = () => child.kill('SIGTERM');
  io.signal.addEventListener('abort', interrupted, { once: true });
  const result = await new Promise<{ readonly ready?: FirstSignIn | true; readonly failed?: Failed; readonly taken?: true }>((resolve) => {
    child.on('message', (raw) => {
      const message = messageFrom(raw);
      if (message?.type === 'tell') io.tell(message.line);
      if (message?.type === 'progress') progress.update(message.text);
      if (message?.type === 'ready') resolve({ ready: message.firstSignIn ?? true });
      if (message?.type === 'taken') resolve({ taken: true });
      if (message?.type === 'failed') resolve({ failed: message });
    });
    child.once('error', (error) => resolve({ failed: silent(error.message) }));
    child.once('exit', (code, signal) => resolve({ failed: silent(`it ended with ${signal ?? code ?? '?'}`) }));
  });
  io.signal.removeEventListener('abort', interrupted);
  if (child.connected) child.disconnect();
  child.unref();
  if (result.taken) {
    progress.done('another `./journey up` was faster');
    return undefined;
  }
  if (result.failed) {
    progress.fail('not started');
    io.signal.throwIfAborted();
    throw new CliError(result.failed.code, result.failed);
  }
  const state = stateFile(folder.state).read();
  if (state) finish(progress, state, started);
  await shown(io, folder, typeof result.ready === 'object' ? result.ready : undefined);
  return requireHealthy(state?.processes ?? []);
}

function silent(why: string): Failed {
  return { type: 'failed', code: exit.failure, what: 'the runner ended before everything was ready', why, fix: 'Read .journey/logs/runner.log, or run `./journey up` without --detach.' };
}

function finish(progress: { done(text: string): void; fail(text: string): void }, state: RunState, started: number): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const healthy = state.processes.filter(({ health }) => health === 'Healthy').length;
  if (healthy === state.processes.length) progress.done(`everything is healthy after ${seconds} s`);
  else progress.fail(`${healthy} of ${state.processes.length} are healthy after ${seconds} s`);
}

async function shown(io: Io, folder: Folder, signIn: FirstSignIn | undefined): Promise<void> {
  const view = await installationView(folder);
  if (view) printTable(io, view, signIn);
  else if (signIn) printSignIn(io, signIn);
}
