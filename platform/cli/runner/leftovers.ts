import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endAll } from './end.ts';
import type { Folder } from './folder.ts';
import { identityOf, type Identity } from './identity.ts';
import { removeDamaged } from './json-file.ts';
import { identitiesOf, stateFile } from './state.ts';

/**
 * Ends what a killed runner left running, and forgets it. Call only when no runner lives. Damaged notes lock nobody out:
 * what they still name is ended, and the workloads end by themselves when their runner does (preload.ts).
 * @returns how many processes it ended
 */
export async function endLeftovers(folder: Folder, tell: (line: string) => void = () => {}): Promise<number> {
  const { workloads, postgres } = notedIn(folder, tell);
  const postmaster = postmasterOf(folder);
  const servers = new Set(postmaster.map(({ pid }) => pid));
  const ended = [
    ...await endAll(workloads.filter(({ pid }) => !servers.has(pid))),
    // SIGINT: its fast shutdown, which needs no recovery afterwards.
    ...await endAll([...postgres, ...postmaster], 'SIGINT', 5000),
  ];
  rmSync(folder.state, { force: true });
  return new Set(ended.map(({ pid }) => pid)).size;
}

function notedIn(folder: Folder, tell: (line: string) => void): ReturnType<typeof identitiesOf> {
  const file = stateFile(folder.state);
  const text = existsSync(file.path) ? readFileSync(file.path, 'utf8') : '';
  const damage = removeDamaged(file);
  if (damage) {
    tell(`${damage.message} (${damage.why}): it is removed, and what can still be found is ended`);
    return { workloads: salvaged(text), postgres: [] };
  }
  const state = file.read();
  return state ? identitiesOf(state) : { workloads: [], postgres: [] };
}

/** The identities that damaged notes still hold whole. The start time keeps this from naming anybody else. */
function salvaged(text: string): Identity[] {
  const found = text.matchAll(/"pid":\s*(\d{1,10}),\s*"started":\s*"([^"\\]+)"/g);
  return [...found].map(([, pid, started = '']) => ({ pid: Number(pid), started })).filter(({ pid }) => pid > 1 && pid !== process.pid);
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
