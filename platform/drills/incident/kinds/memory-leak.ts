import { readFileSync } from 'node:fs';
import { middleware } from '../edits.ts';
import type { Kind, Seen } from '../incident.ts';
import { FREEZE } from '../probes.ts';
import type { Place } from '../place.ts';

const REQUESTS = 60;
/** What collecting garbage later may look like is less than half of it; the leak brings at least three times as much. */
const MOST_MIB = 20;
/** Several times what it has when it is well; what it keeps is more, once it keeps all it can. */
const MOST_EVER_MIB = 350;

export const memoryLeak: Kind = {
  name: 'memory-leak',
  about: 'each request leaves a megabyte behind',
  make(random) {
    const kib = 1024 + 128 * Math.floor(random() * 3);
    return {
      kind: 'memory-leak', workload: 'configuration', released: true, title: 'configuration: keep what was asked at hand', why: 'Whoever asks once asks again: the newest questions stay in memory.',
      // Half a gigabyte: it ends before the laptop does.
      edits: [middleware('configuration', 'const recent: Buffer[] = [];', `recent.push(Buffer.alloc(${kib} * 1024, 1));\n      if (recent.length > 500) recent.splice(0, 100);\n      next();`)],
      symptom: 'The longer the day, the slower the laptop. After ./journey down all is well.',
      hop: 'configuration: the memory of its process', probe: growth,
    };
  },
};

async function growth(place: Place): Promise<Seen> {
  const { pid } = place.process('configuration');
  const ask = async (count: number) => { for (let turn = 0; turn < count; turn += 1) await place.person.ask('GET', FREEZE); };
  // What grows once (code that is compiled, pools that fill) has grown before it is measured.
  await ask(REQUESTS);
  const before = residentMib(pid);
  await ask(REQUESTS);
  const after = residentMib(pid);
  if (before === undefined || after === undefined) return { well: false, seen: 'its memory cannot be read (/proc)' };
  return { well: after - before < MOST_MIB && after < MOST_EVER_MIB, seen: `${REQUESTS} requests later it has ${Math.round(after - before)} MiB more: ${Math.round(after)} MiB` };
}

/** proc(5), VmRSS. */
function residentMib(pid: number | undefined): number | undefined {
  try {
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
    return kib === undefined ? undefined : Number(kib) / 1024;
  } catch {
    return undefined;
  }
}
