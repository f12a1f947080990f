import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../../cli/command.ts';
import { signIn, type Caller } from '../../cli/journey/gateway.ts';
import type { Bench } from '../bench.ts';
import { figureOf } from '../statistics.ts';
import { cloneOf } from '../up/clone.ts';
import { textAt } from '../up/rows.ts';
import { startBare } from './bare.ts';
import { drive } from './drive.ts';
import { laterThanJourneys, nextSecond, ROUTE, shownSince } from './shown.ts';
import { apart, beyond, timesOf, type Pair } from './times.ts';
import { PER_SECOND, tell } from './verdict.ts';

/** As long as an answer of the route takes, about. */
const WORK_MS = 5;

/**
 * Counts and times as the pages show them (GET /v1/metrics/red) beside those that a driver in a process of its own has kept. Control: the same
 * driver beside a bare server that keeps its times exactly.
 */
export const bench: Bench = {
  async run(io, { quick }) {
    const [rounds, count, warming] = quick ? [2, 40, 20] : [7, 600, 1000];
    const load = loadavg()[0] ?? 0;
    const [clone, bare] = [cloneOf(io.root, io.signal), await startBare(WORK_MS)];
    try {
      const progress = io.progress('a fresh clone: up');
      await clone.journey('up', '--detach');
      const caller = await callerOf(io, clone.folder, (await clone.journey('status', '--json')).out);
      const order = { token: caller.token ?? '', count, perSecond: PER_SECOND, warm: { url: bare.warmUrl, count: warming } };
      const warm = await drive({ ...order, url: new URL(ROUTE, caller.gateway).href, count: 40 }, io.signal);
      if (warm.good !== 40) throw new Error(`${40 - warm.good} of 40 requests were refused: the figures would describe refusals.`);
      await nextSecond(3);
      const [ours, control]: [Pair[], Pair[]] = [[], []];
      const [counts, journeys]: [number[], number[]] = [[], []];
      for (let round = 1; round <= rounds; round += 1) {
        progress.update(`round ${round} of ${rounds}`);
        bare.millis.length = 0;
        control.push({ driven: timesOf((await drive({ ...order, url: bare.url }, io.signal)).millis), kept: timesOf(bare.millis) });
        const from = await nextSecond(0);
        const asked = await drive({ ...order, url: new URL(ROUTE, caller.gateway).href }, io.signal);
        if (asked.good !== count) throw new Error(`${count - asked.good} of ${count} requests were refused: the figures would describe refusals.`);
        const seen = await shownSince(caller, from, count);
        counts.push(seen.requests / count);
        ours.push({ driven: timesOf(asked.millis), kept: seen.times });
        journeys.push(timesOf((await laterThanJourneys(caller, asked)).map(Math.abs)).p50);
      }
      progress.done();
      return tell(io, { ours: apart(ours), control: apart(control), beyond: beyond(ours, control), journeys: figureOf(journeys), counts, load, requests: rounds * count });
    } finally {
      await bare.stop();
      await clone.remove();
    }
  },
};

async function callerOf(io: Io, folder: string, status: string): Promise<Caller> {
  const gateway = new URL(textAt(JSON.parse(status), 'processes', 'gateway', 'urls', 'http'));
  const account: unknown = JSON.parse(readFileSync(join(folder, '.journey', 'credentials.json'), 'utf8'));
  return await signIn({ gateway, token: null, signal: io.signal }, textAt(account, 'name'), textAt(account, 'password'));
}
