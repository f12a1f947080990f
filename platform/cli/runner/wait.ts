import { setTimeout as wait } from 'node:timers/promises';
import { CliError, exit, type Io } from '../command.ts';
import type { Folder } from './folder.ts';
import { holderOf } from './lock.ts';
import { stateFile, type ProcessState, type RunState } from './state.ts';

/** PostgreSQL's 20 s, a build of half a minute, and the 40 s that a workload gets (supervise.ts), with room for two at a time. */
export const START_MS = 180_000;
const LOOK_EVERY_MS = 100;

/**
 * Waits until the runner that another `up` started says that everything had its time.
 * @throws {CliError} (4) after `limitMs`; (1) when that runner ends first; the signal's reason on ^C
 */
export async function untilRunning(io: Io, folder: Folder, limitMs: number): Promise<void> {
  if (phaseOf(folder) === 'running') return;
  const progress = io.progress('another `./journey up` is starting it');
  const deadline = performance.now() + limitMs;
  try {
    while (phaseOf(folder) !== 'running') {
      io.signal.throwIfAborted();
      if (!holderOf(folder.lock)) throw ended();
      const waiting = stateFile(folder.state).read()?.processes.filter(({ health }) => health !== 'Healthy').map(({ name }) => name) ?? [];
      if (performance.now() > deadline) throw late(limitMs, waiting);
      progress.update(waiting.length === 0 ? 'it has just begun' : `waiting for ${waiting.join(', ')}`);
      await wait(LOOK_EVERY_MS);
    }
  } catch (error) {
    progress.fail('not started');
    throw error;
  }
  progress.done('it runs');
}

/** Of the runner that holds the lock: a killed one may have left its own notes, which say `running` for ever. */
function phaseOf(folder: Folder): RunState['phase'] | undefined {
  const state = stateFile(folder.state).read();
  const holder = holderOf(folder.lock);
  return holder && state?.runner.pid === holder.pid && state.runner.started === holder.started ? state.phase : undefined;
}

/** The other `up` was stopped, or failed and said why where it was started. */
export function ended(): CliError {
  return new CliError(exit.failure, { what: 'the other `./journey up` ended before everything was ready', why: 'it was stopped, or it failed; it said why in its own terminal and in .journey/logs/runner.log', fix: 'Start again: `./journey up`.' });
}

function late(limitMs: number, waiting: readonly string[]): CliError {
  return new CliError(exit.unhealthy, {
    what: `it is still being started after ${Math.round(limitMs / 1000)} s${waiting.length > 0 ? `: ${waiting.join(', ')}` : ''}`,
    why: 'another `./journey up` holds this checkout and has not said that everything runs', fix: 'Look with `./journey status`, or start again: `./journey down && ./journey up`.',
  });
}

/** @throws {CliError} (4) that names everything that is not Healthy, and why */
export function requireHealthy(processes: readonly Pick<ProcessState, 'name' | 'health' | 'why'>[]): typeof exit.ok {
  const sick = processes.filter(({ health }) => health !== 'Healthy');
  if (sick.length === 0) return exit.ok;
  throw new CliError(exit.unhealthy, {
    what: `not everything is healthy: ${sick.map(({ name }) => name).join(', ')}`,
    why: sick.map(({ name, health, why }) => `${name} is ${health}: ${why ?? 'no reason given'}`).join('; '),
    fix: `Read \`./journey logs ${sick[0]?.name ?? ''}\`; the rest keeps running until \`./journey down\`.`,
  });
}
