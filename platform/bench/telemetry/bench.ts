import { loadavg } from 'node:os';
import { exit, type Io } from '../../cli/command.ts';
import type { Bench } from '../bench.ts';
import { figureOf, isSteady, ratioOf, type Figure } from '../statistics.ts';
import { cpuPerRequest, prepare } from './drive.ts';
import { openPlace, type Place } from './place.ts';

/** Production's share (environments/production.ts). */
const DEFAULT = '0.05';
const SHARES = { off: 'off', again: 'off', usual: DEFAULT, all: '1' } as const;
const SIDES = ['off', 'usual', 'again', 'all'] as const;
type Sides = Record<(typeof SIDES)[number], number[]>;

/**
 * Processor time per request of one real service: without telemetry, with the default share recorded, with everything recorded.
 * Rounds in turn; `off` runs twice a round, and is its own control.
 */
export const bench: Bench = {
  async run(io, { quick }) {
    const [rounds, count] = quick ? [2, 200] : [9, 3000];
    const load = loadavg()[0] ?? 0;
    const place = await openPlace(SHARES);
    try {
      const cpu: Sides = { off: [], again: [], usual: [], all: [] };
      const progress = io.progress('requests to the configuration service');
      await prepare(sideOf(place, 'off'), place.token);
      for (const side of SIDES) await cpuPerRequest(sideOf(place, side), place.token, count);
      const before = await place.taken();
      for (let round = 1; round <= rounds; round += 1) {
        progress.update(`round ${round} of ${rounds}`);
        for (const side of SIDES) cpu[side].push(await cpuPerRequest(sideOf(place, side), place.token, count));
      }
      progress.done();
      const taken = await place.taken();
      return tell(io, cpu, { load, requests: rounds * count, spans: taken.spans - before.spans, lines: taken.lines - before.lines });
    } finally {
      await place.close();
    }
  },
};

function sideOf({ sides }: Place, name: string) {
  const side = sides[name];
  if (!side) throw new Error(`No side is called ${name}.`);
  return side;
}

interface Counted { readonly load: number; readonly requests: number; readonly spans: number; readonly lines: number }

function tell(io: Io, cpu: Sides, counted: Counted) {
  // Two sides send a line for each request; the spans are those of `all` and a share of them.
  if (counted.lines !== 2 * counted.requests) throw new Error(`${2 * counted.requests} lines were logged and ${counted.lines} arrived: the figures would describe a loss.`);
  if (counted.spans < 2 * counted.requests) throw new Error(`${counted.requests} requests were recorded and ${counted.spans} spans arrived.`);
  const control = ratioOf(cpu.again, cpu.off);
  const rows = [
    { what: 'everything recorded', ratio: ratioOf(cpu.all, cpu.off), target: 1.25 },
    { what: `a share of ${DEFAULT} recorded`, ratio: ratioOf(cpu.usual, cpu.off), target: 1.05 },
  ];
  const verdict = ({ ratio, target }: (typeof rows)[number]) => (!isSteady(control) ? 'inconclusive' : ratio.median <= target ? 'met' : 'missed');
  if (io.json) io.emit({ bench: 'telemetry', ...counted, microseconds: Object.fromEntries(SIDES.map((side) => [side, figureOf(cpu[side])])), control, rows: rows.map((row) => ({ ...row, verdict: verdict(row) })) });
  else {
    for (const side of SIDES) io.print(`${side.padEnd(24)} ${said(figureOf(cpu[side]), 0)} µs of processor time a request`);
    io.print(`${'off against off'.padEnd(24)} ${said(control, 3)}`);
    for (const row of rows) io.print(`${row.what.padEnd(24)} ${said(row.ratio, 3)} of off; at most ${row.target}: ${verdict(row)}`);
    io.print(`${counted.requests} requests a side, ${counted.spans} spans and ${counted.lines} lines arrived; load before: ${counted.load.toFixed(1)}`);
  }
  return rows.every((row) => verdict(row) === 'met') ? exit.ok : exit.failure;
}

const said = ({ median, min, max, runs }: Figure, digits: number): string => `${median.toFixed(digits)} (${min.toFixed(digits)} to ${max.toFixed(digits)} in ${runs})`;
