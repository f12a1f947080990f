import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { CliError, exit } from '../command.ts';
import type { JsonFile } from './json-file.ts';
import { jsonFile } from './json-file.ts';
import { holderOfPort, type Holder } from './port-holder.ts';

/** Name (`gateway.http`, `postgres`) → number. Chosen once, then kept, so that bookmarks and cookies stay good. */
export type Ports = Readonly<Record<string, number>>;

/** Blocks lie below 32768, where Linux starts to hand out ports for outgoing connections. */
const FIRST = 20_000;
const BLOCK = 64;
const BLOCKS = 190;

export const portsFile = (path: string): JsonFile<Record<string, number>> =>
  jsonFile<Record<string, number>>(path, { type: 'object', required: [], additionalProperties: { type: 'integer', minimum: 1024, maximum: 65_535 } }, { fix: 'Put the file back, or choose new ports: `./journey down && rm .journey/ports.json`.' });

/** Gives every name a port: kept ones stay, new names get the next free number of the block. */
export async function choosePorts(file: JsonFile<Record<string, number>>, names: readonly string[], free = isFree): Promise<Ports> {
  const kept = file.read() ?? {};
  const missing = names.filter((name) => kept[name] === undefined);
  if (missing.length > 0) file.write({ ...kept, ...(await numbersFor(missing, Object.values(kept), free)) });
  const all = file.read() ?? {};
  return Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
}

async function numbersFor(names: readonly string[], taken: readonly number[], free: typeof isFree): Promise<Record<string, number>> {
  const lowest = Math.min(...taken);
  const own = Number.isFinite(lowest) ? [lowest - ((lowest - FIRST) % BLOCK)] : [];
  const bases = [...own, ...Array.from({ length: 20 }, () => FIRST + BLOCK * randomInt(BLOCKS))];
  for (const base of bases) {
    const numbers: number[] = [];
    for (let port = base; port < base + BLOCK && numbers.length < names.length; port++) {
      if (!taken.includes(port) && await free(port)) numbers.push(port);
      // A block that somebody else uses is not ours to squeeze into, unless it is already our own.
      else if (taken.length === 0) break;
    }
    if (numbers.length === names.length) return Object.fromEntries(names.map((name, i) => [name, numbers[i] ?? 0]));
  }
  throw new CliError(exit.missing, {
    what: `no block of ${names.length} free ports was found`,
    why: `twenty blocks between ${FIRST} and ${FIRST + BLOCK * BLOCKS} were tried on 127.0.0.1, and each was in use`,
    fix: 'End some of the servers on this machine (`ss -ltnp` lists them) and try again.',
  });
}

/** Can 127.0.0.1 be listened on? */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

export interface Busy { readonly name: string; readonly port: number; readonly holder: Holder | undefined }

export async function busyPorts(ports: Ports, free = isFree, holder = holderOfPort): Promise<readonly Busy[]> {
  const found = await Promise.all(Object.entries(ports).map(async ([name, port]) => ((await free(port)) ? [] : [{ name, port, holder: holder(port) }])));
  return found.flat();
}

/** @throws {CliError} (5) that names every busy port, who holds it, and what to do. */
export async function requireFree(ports: Ports, free = isFree, holder = holderOfPort): Promise<void> {
  const busy = await busyPorts(ports, free, holder);
  if (busy.length === 0) return;
  const pids = [...new Set(busy.flatMap((one) => (one.holder ? [one.holder.pid] : [])))];
  const end = pids.length > 0 ? `End it (\`kill ${pids.join(' ')}\`)` : 'End whoever holds it';
  throw new CliError(exit.missing, {
    what: `${busy.length === 1 ? 'a port is' : 'ports are'} in use: ${busy.map(({ name, port }) => `${port} (${name})`).join(', ')}`,
    why: busy.map(describe).join('; '),
    fix: `${end}, or choose new ports: \`rm .journey/ports.json\`, then the same command again.`,
  });
}

function describe({ port, holder }: Busy): string {
  return holder ? `${port} is held by process ${holder.pid}: ${holder.command}` : `${port} is held by a process that this account may not see`;
}
