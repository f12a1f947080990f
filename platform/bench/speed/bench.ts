import { loadavg } from 'node:os';
import { exit, type ExitCode, type Io } from '../../cli/command.ts';
import type { Bench } from '../bench.ts';
import { figureOf, type Figure } from '../statistics.ts';
import { openPlace, type Place } from './place.ts';

const MOST = { paint: 1500, click: 200, task: 100 } as const;
/** Every page that needs no name of a thing in its address. */
export const PATHS = ['/', '/send', '/journeys', '/services', '/metrics', '/logs', '/alerts', '/model', '/environments', '/pulls', '/history', '/drift', '/faults', '/api-reference', '/docs', '/glossary'] as const;
const FEW = ['/', '/journeys', '/environments', '/history'] as const;
const HOPS = 5000;

/** How fast the pages are in a real browser: the largest paint of each, a journey of 5,000 hops scrolled through, and a click on one of them. */
export const bench: Bench = benchOf(openPlace);

/** @param open where the pages are looked at */
export function benchOf(open: () => Promise<Place>): Bench {
  return {
    async run(io, { quick }) {
      const load = loadavg()[0] ?? 0;
      const progress = io.progress('a browser with the pages');
      const place = await open();
      try {
        if (place.hops < HOPS) throw new Error(`The journey has ${place.hops} hops: the figures would not be of ${HOPS}.`);
        const found = await measured(place, [...(quick ? FEW : PATHS), place.path], quick ? 5 : 9, progress.update, io.signal);
        progress.done();
        return tell(io, { ...found, load, hops: place.hops });
      } finally {
        await place.close();
      }
    },
  };
}

interface Found { readonly paints: readonly { readonly path: string; readonly figure: Figure }[]; readonly tasks: Figure; readonly stood: Figure; readonly clicks: Figure }

async function measured(place: Place, paths: readonly string[], runs: number, said: (text: string) => void, signal: AbortSignal): Promise<Found> {
  const [tasks, stood, clicks]: [number[], number[], number[]] = [[], [], []];
  for (let run = 0; run < runs; run += 1) {
    signal.throwIfAborted();
    said(`${place.hops} hops: ${run + 1} of ${runs}`);
    stood.push(await place.stand());
    tasks.push(await place.scroll());
    clicks.push(await place.click(run));
  }
  const paints = [];
  for (const path of paths) {
    said(`${path}: loaded ${runs} times`);
    const all: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      signal.throwIfAborted();
      all.push(await place.paint(path));
    }
    paints.push({ path, figure: figureOf(all) });
  }
  return { paints, tasks: figureOf(tasks), stood: figureOf(stood), clicks: figureOf(clicks) };
}

function tell(io: Io, { paints, tasks, stood, clicks, load, hops }: Found & { readonly load: number; readonly hops: number }): ExitCode {
  const rows = [
    ...paints.map(({ path, figure }) => ({ what: `largest paint of ${path.replace(/[0-9a-f]{32}/, '<5,000 hops>')}`, figure, most: MOST.paint })),
    { what: 'click to paint', figure: clicks, most: MOST.click },
    { what: `longest task, ${hops} hops`, figure: tasks, most: MOST.task },
  ].map((row) => ({ ...row, verdict: verdictOf(row.figure, row.most, row.most === MOST.task ? stood : undefined) }));
  if (io.json) io.emit({ bench: 'speed', load, hops, milliseconds: rows, control: stood });
  else {
    for (const { what, figure, most, verdict } of rows) io.print(`${what.padEnd(32)} ${said(figure)}; at most ${most}: ${verdict}`);
    io.print(`${'control: nothing is scrolled'.padEnd(32)} ${said(stood)}`);
    io.print(`load before: ${load.toFixed(1)}`);
  }
  return rows.every(({ verdict }) => verdict === 'met') ? exit.ok : exit.failure;
}

/** A machine that takes long tasks' time without any task says nothing of ours. */
function verdictOf(figure: Figure, most: number, control?: Figure): 'met' | 'missed' | 'inconclusive' {
  if (figure.median <= most) return 'met';
  return (control?.median ?? 0) > 0 ? 'inconclusive' : 'missed';
}

const said = ({ median, min, max, runs }: Figure): string => `${median.toFixed(0)} ms (${min.toFixed(0)} to ${max.toFixed(0)} in ${runs})`;
