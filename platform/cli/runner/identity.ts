import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process, and not another one that got its number later. */
export interface Identity {
  readonly pid: number;
  /** When it started, in words that no later process with this number shares. */
  readonly started: string;
}

/** @returns undefined when there is no such process, or only its zombie. */
export function identityOf(pid: number): Identity | undefined {
  const started = process.platform === 'linux' ? startedOnLinux(pid) : startedByPs(pid);
  return started === undefined ? undefined : { pid, started };
}

export function isAlive(identity: Identity): boolean {
  return identityOf(identity.pid)?.started === identity.started;
}

/** proc(5): field 3 is the state, field 22 the start in ticks since boot; the second field may hold spaces and parentheses. */
function startedOnLinux(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (!fields || fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return `${read('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}/${fields[19] ?? ''}`;
}

function startedByPs(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
