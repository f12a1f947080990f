import type { Folder } from './folder.ts';
import { isAlive } from './identity.ts';
import { holderOf } from './lock.ts';
import { memoryOf } from './memory.ts';
import { probe } from './probe.ts';
import { stateFile, type BackingState, type ProcessState, type RunState } from './state.ts';

/** What `status` shows: the runner's notes, checked against the processes themselves at this moment. */
export interface InstallationView {
  readonly environment: string;
  readonly installation: string;
  /** `stopped`: a runner was killed and left notes, and maybe processes. */
  readonly phase: RunState['phase'] | 'stopped';
  readonly startedAt: string;
  readonly runner: { readonly pid: number; readonly pssMiB: number | null };
  readonly processes: readonly ProcessView[];
  /** Absent when every backing has its own URL. */
  readonly postgres?: ProcessView;
  readonly backings: readonly BackingState[];
  /** Of all processes and the runner: memory shared between them counts once in the sum. */
  readonly pssMiB: number | null;
}
export interface ProcessView extends Omit<ProcessState, 'identity' | 'others' | 'ready'> {
  readonly pid: number | null;
  /** The installation it belongs to. */
  readonly instance: string;
  readonly pssMiB: number | null;
}

/** @returns undefined when nothing runs and nothing was left */
export async function installationView(folder: Folder): Promise<InstallationView | undefined> {
  const state = stateFile(folder.state).read();
  if (!state) return undefined;
  const runs = holderOf(folder.lock) !== undefined;
  const pids = [state.runner.pid, ...state.processes.flatMap(({ identity, others = [] }) => [...(identity ? [identity.pid] : []), ...others.map(({ pid }) => pid)])];
  const memory = memoryOf(pids);
  const all = await Promise.all(state.processes.map((one) => viewOf(one, state, memory)));
  const postgres = all.find(({ name }) => name === 'postgres');
  const sum = [...memory.values()].reduce((before, one) => before + one, 0);
  return {
    environment: state.environment, installation: state.installation, phase: runs ? state.phase : 'stopped', startedAt: state.startedAt,
    runner: { pid: state.runner.pid, pssMiB: rounded(memory.get(state.runner.pid)) },
    processes: all.filter((one) => one !== postgres), ...(postgres ? { postgres } : {}),
    backings: state.backings, pssMiB: memory.size === 0 ? null : rounded(sum),
  };
}

async function viewOf(one: ProcessState, state: RunState, memory: ReadonlyMap<number, number>): Promise<ProcessView> {
  const { identity, others: _others, ready, health, why, ...rest } = one;
  const alive = identity !== undefined && isAlive(identity);
  const said = why === undefined ? {} : { why };
  const common = { ...rest, pid: alive ? identity.pid : null, instance: `${one.name}@${state.installation}`, pssMiB: alive ? rounded(memory.get(identity.pid)) : null };
  if (!alive) return { ...common, health: health === 'Healthy' ? 'Missing' : health, ...(health === 'Healthy' ? { why: 'its process is gone' } : said) };
  if (ready === undefined || health === 'Progressing') return { ...common, health, ...said };
  const found = await probe(ready).then(() => undefined, (error: unknown) => (error instanceof Error ? error.message : String(error)));
  return found === undefined ? { ...common, health: 'Healthy' } : { ...common, health: 'Degraded', why: why ?? `not ready: ${found}` };
}

function rounded(mib: number | undefined): number | null {
  return mib === undefined ? null : Math.round(mib * 10) / 10;
}
