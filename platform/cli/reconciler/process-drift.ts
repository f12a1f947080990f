import { readdirSync, readFileSync } from 'node:fs';
import type { Drift } from './live.ts';

/** Environment of a process as the kernel shows it (proc(5)); undefined when it has gone, or belongs to somebody else. Linux only. */
export function environmentOf(pid: number): Readonly<Record<string, string>> | undefined {
  const text = read(`/proc/${pid}/environ`);
  if (text === undefined) return undefined;
  return Object.fromEntries(text.split('\0').filter((entry) => entry.includes('=')).map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]));
}

/** Every declared entry that the process does not have as declared. @param secret names whose values are never shown */
export function environmentDrift(declared: Readonly<Record<string, string>>, live: Readonly<Record<string, string>>, secret: ReadonlySet<string>): Drift[] {
  return Object.entries(declared).flatMap(([name, value]) => {
    if (live[name] === value) return [];
    const shown = (text: string | undefined) => (text === undefined ? 'absent' : secret.has(name) ? '[secret]' : text);
    return [{ field: `env.${name}`, desired: shown(value), live: secret.has(name) && live[name] !== undefined ? '[another secret]' : shown(live[name]) }];
  });
}

/** A process that claims to belong to this installation. */
export interface Claimant { readonly pid: number; readonly parent: number; readonly command: string; readonly env: Readonly<Record<string, string>> }

/** Processes of this account whose environment names this installation; those of the runner's own are among them. */
export function claimantsOf(installation: string): readonly Claimant[] {
  const pids = listed().filter((name) => /^\d+$/.test(name)).map(Number);
  return pids.flatMap((pid): Claimant[] => {
    const env = environmentOf(pid);
    if (env?.['INSTALLATION'] !== installation) return [];
    const command = (read(`/proc/${pid}/cmdline`) ?? '').split('\0').join(' ').trim();
    return [{ pid, parent: parentOf(pid), command, env }];
  });
}

function parentOf(pid: number): number {
  const stat = read(`/proc/${pid}/stat`) ?? '';
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}

function listed(): string[] {
  try {
    return readdirSync('/proc');
  } catch {
    return []; // no /proc here (macOS)
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
