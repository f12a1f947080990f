import { readFile } from 'node:fs/promises';

/** Ports that anybody on this machine listens on beyond loopback, in hexadecimal, as Linux tells (proc(5), /proc/net/tcp). */
export async function listeningBeyondLoopback(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of (await readFile(table, 'utf8').catch(() => '')).split('\n').slice(1)) {
      const [, local = '', , state] = line.trim().split(/\s+/);
      const loopback = local.startsWith('0100007F:') || local.startsWith('00000000000000000000000001000000:') || local.startsWith('0000000000000000FFFF00000100007F:');
      if (state === '0A' && !loopback) found.push(local);
    }
  }
  return found;
}
