import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { exit, type Io } from '../../cli/command.ts';
import { ask, signIn, type Caller } from '../../cli/journey/gateway.ts';
import type { Bench } from '../bench.ts';
import { figureOf } from '../statistics.ts';
import { cloneOf, type Clone } from './clone.ts';
import { golden } from './load.ts';
import { at, met, rowsOfLoad, textAt, type Row, type Statement } from './rows.ts';

/** From a fresh clone to the first journey, then `down` and `up` again, then memory and answers under load. */
export const bench: Bench = {
  async run(io, { quick }) {
    const load = loadavg()[0] ?? 0;
    const started = performance.now();
    const clone = cloneOf(io.root, io.signal);
    try {
      const progress = io.progress('a fresh clone, an empty HOME: up and the first journey');
      await clone.journey('up', '--detach');
      await clone.journey('send');
      const first = (performance.now() - started) / 1000;
      progress.done();
      const rows: Row[] = [
        { what: 'clone to first journey', figure: figureOf([first]), unit: 's', target: 100, judged: 'median' },
        ...await again(io, clone, quick ? 1 : 5),
        ...await loaded(io, clone, quick ? 4 : 20),
      ];
      tell(io, rows, load);
      return rows.every(met) ? exit.ok : exit.failure;
    } finally {
      await clone.remove();
    }
  },
};

async function again(io: Io, clone: Clone, runs: number): Promise<Row[]> {
  const progress = io.progress('down and up');
  const [downs, ups]: [number[], number[]] = [[], []];
  for (let run = 1; run <= runs; run += 1) {
    progress.update(`run ${run} of ${runs}`);
    downs.push((await clone.journey('down')).seconds);
    ups.push((await clone.journey('up', '--detach')).seconds);
  }
  progress.done();
  return [
    { what: 'second up', figure: figureOf(ups), unit: 's', target: 10, judged: 'median' },
    { what: 'down', figure: figureOf(downs), unit: 's', target: 3, judged: 'median' },
  ];
}

const RATE = 10;

async function loaded(io: Io, clone: Clone, seconds: number): Promise<Row[]> {
  const progress = io.progress(`${RATE} golden journeys a second for ${seconds} s`);
  const status = async (): Promise<unknown> => JSON.parse((await clone.journey('status', '--json')).out);
  const gateway = new URL(textAt(await status(), 'processes', 'gateway', 'urls', 'http'));
  const account: unknown = JSON.parse(readFileSync(join(clone.folder, '.journey', 'credentials.json'), 'utf8'));
  const caller = await signIn({ gateway, token: null, signal: io.signal }, textAt(account, 'name'), textAt(account, 'password'));
  const first = await golden(caller, RATE, seconds / 4);
  const began = Date.now();
  const answers = await golden(caller, RATE, seconds);
  const statements = await statementsSince(caller, began);
  const memory = await golden(caller, RATE, seconds, async () => Number(at(await status(), 'pssMiB')));
  progress.done();
  return rowsOfLoad({ first, answers, memory, statements }, RATE);
}

/** Every SQL statement of every service, as the page of figures shows it: kept by the second, and looked for each second. */
async function statementsSince(caller: Caller, fromMs: number): Promise<readonly Statement[]> {
  await setTimeout(3000, undefined, { signal: caller.signal });
  const { status, body } = await ask(caller, 'GET', `/v1/metrics/red?by=query&from=${fromMs}`);
  if (status !== 200) throw new Error(`The figures of SQL statements were answered ${status}.`);
  return (body as { readonly groups: readonly Statement[] }).groups;
}

function tell(io: Io, rows: readonly Row[], load: number): void {
  for (const row of rows) {
    const { what, figure, unit, target, judged } = row;
    if (io.json) io.emit({ what, ...figure, unit, target, judged, met: met(row), load });
    else {
      io.print(`${what.padEnd(44)} ${figure[judged].toFixed(1)} ${unit} (${figure.min.toFixed(1)} to ${figure.max.toFixed(1)} in ${figure.runs}); `
        + (target === undefined ? 'told' : `${met(row) ? io.style.good('met') : io.style.bad('missed')}: at most ${target} ${unit}`));
    }
  }
  if (!io.json) io.print(`load of the machine before: ${load.toFixed(1)}`);
}
