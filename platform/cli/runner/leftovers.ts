import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endAll } from './end.ts';
import type { Folder } from './folder.ts';
import { identityOf, type Identity } from './identity.ts';
import { identitiesOf, stateFile } from './state.ts';

/** Ends what a killed runner left running, and forgets it. Call only when no runner lives. @returns how many processes it ended */
export async function endLeftovers(folder: Folder): Promise<number> {
  const state = stateFile(folder.state).read();
  const { workloads, postgres } = state ? identitiesOf(state) : { workloads: [], postgres: [] };
  const ended = [
    ...await endAll(workloads),
    // SIGINT: its fast shutdown, which needs no recovery afterwards.
    ...await endAll([...postgres, ...postmasterOf(folder)], 'SIGINT', 5000),
  ];
  rmSync(folder.state, { force: true });
  return new Set(ended.map(({ pid }) => pid)).size;
}

/** PostgreSQL's own note of who serves a data folder: its first line is the process, its second the folder. Covers a kill between its start and our note. */
function postmasterOf(folder: Folder): Identity[] {
  const note = join(folder.data, 'postgres', 'postmaster.pid');
  if (!existsSync(note)) return [];
  const [pid, data] = readFileSync(note, 'utf8').split('\n');
  const identity = identityOf(Number(pid));
  return identity && serves(identity.pid, data ?? '') ? [identity] : [];
}

/** The number may be somebody else's by now: a server of this folder names the folder on its command line. */
function serves(pid: number, data: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(data);
  } catch {
    return false;
  }
}
