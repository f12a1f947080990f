import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Socket } from 'node:net';

/**
 * The workload whose process holds the other end of a connection over loopback; `cli` for our own command line, `unknown` for anybody
 * else and where there is no /proc. Reads at once, without a pause: the other side may close the connection at any moment (proc(5)).
 */
export function processBehind(socket: Pick<Socket, 'remotePort' | 'localPort'>): string {
  try {
    const inode = inodeOf(readFileSync('/proc/net/tcp', 'utf8'), socket.remotePort, socket.localPort);
    return inode === undefined ? 'unknown' : holderOf(`socket:[${inode}]`);
  } catch {
    return 'unknown';
  }
}

/** Of the line `sl local_address rem_address st … inode` whose local port is the other side's. */
export function inodeOf(table: string, local: number | undefined, remote: number | undefined): string | undefined {
  if (local === undefined || remote === undefined) return undefined;
  const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0');
  const ends = new RegExp(`^\\s*\\d+: 0100007F:${hex(local)} 0100007F:${hex(remote)} (.*)$`, 'm').exec(table)?.[1];
  // st queues timer retransmits uid timeout inode
  const inode = ends?.split(/\s+/)[6];
  return inode === '0' ? undefined : inode;
}

function holderOf(link: string): string {
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const name = nameOf(pid);
    if (name !== undefined && holds(pid, link)) return name;
  }
  return 'unknown';
}

/** By what it runs: `node services/auth/main.ts`, `node dashboard/main.ts`, `node platform/cli/main.ts up`. */
function nameOf(pid: string): string | undefined {
  try {
    const [, program = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter((word) => !word.startsWith('-'));
    const [, service, dashboard, cli] = /(?:^|\/)(?:services\/([a-z][a-z0-9-]*)\/main\.ts|(dashboard)\/main\.ts|platform\/(cli|drills|bench)\/.*)$/.exec(program) ?? [];
    return service ?? dashboard ?? (cli === undefined ? undefined : 'cli');
  } catch {
    // It has ended, or belongs to somebody else.
    return undefined;
  }
}

function holds(pid: string, link: string): boolean {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some((fd) => {
      try {
        return readlinkSync(`${folder}/${fd}`) === link;
      } catch {
        return false;
      }
    });
  } catch {
    return false;
  }
}
