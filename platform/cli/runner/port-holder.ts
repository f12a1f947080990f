import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

export interface Holder {
  readonly pid: number;
  /** Its command line, cut to 80 characters. */
  readonly command: string;
}

/** Who listens on a TCP port of this machine, as far as /proc tells (proc(5), `net/tcp`; other people's processes stay unknown). */
export function holderOfPort(port: number, proc = '/proc'): Holder | undefined {
  const inode = ['tcp', 'tcp6'].map((table) => inodeOf(text(`${proc}/net/${table}`), port)).find((one) => one !== undefined);
  if (inode === undefined) return undefined;
  const pid = names(proc).filter((name) => /^\d+$/.test(name)).find((one) => holds(`${proc}/${one}/fd`, inode));
  return pid === undefined ? undefined : { pid: Number(pid), command: commandOf(`${proc}/${pid}/cmdline`) };
}

/** `sl local_address rem_address st … inode`; 0A is LISTEN. */
function inodeOf(table: string, port: number): string | undefined {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  for (const line of table.split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    if (fields[1]?.endsWith(`:${hex}`) && fields[3] === '0A') return fields[9];
  }
  return undefined;
}

function holds(folder: string, inode: string): boolean {
  return names(folder).some((fd) => {
    try {
      return readlinkSync(`${folder}/${fd}`) === `socket:[${inode}]`;
    } catch {
      return false;
    }
  });
}

function commandOf(path: string): string {
  const words = text(path).split('\0').filter(Boolean).join(' ');
  return words.length > 80 ? `${words.slice(0, 79)}…` : words;
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
