import { loadavg } from 'node:os';
import { pause } from '../../../services/kit/pause.ts';
import { exit, type ExitCode, type Io } from '../../cli/command.ts';
import type { Bench } from '../bench.ts';
import { figureOf, type Figure } from '../statistics.ts';
import { openPlace, POINTS, SERIES, type Place } from './place.ts';

const MOST_MS = 20;
const MOST_MB = 20;

/** What a live chart costs who looks at it: the main thread's time for one update, and the heap after many. */
export const bench: Bench = benchOf(openPlace);

/** @param open where the chart is looked at */
export function benchOf(open: () => Promise<Place>): Bench {
  return { run: (io, { quick, minutes = quick ? 0.1 : 10 }) => measured(io, open, quick, minutes) };
}

async function measured(io: Io, open: () => Promise<Place>, quick: boolean, minutes: number): Promise<ExitCode> {
  const load = loadavg()[0] ?? 0;
  const progress = io.progress('a browser with the Metrics page');
  const place = await open();
  try {
    // Compiled and warm, as after a minute of looking.
    for (let warm = 0; warm < 5; warm += 1) await place.update();
    const [updates, nothing]: [number[], number[]] = [[], []];
    for (let run = 0; run < (quick ? 5 : 15); run += 1) {
      nothing.push(await place.nothing());
      updates.push(await place.update());
    }
    await mustBeDrawn(place);
    const before = await place.heap();
    const sent = await live(io, place, minutes, progress.update);
    const after = await place.heap();
    await mustBeDrawn(place);
    progress.done();
    return tell(io, { load, minutes, sent, update: figureOf(updates), nothing: figureOf(nothing), before, after });
  } finally {
    await place.close();
  }
}

/** Once a second. @returns how often */
async function live({ signal }: Io, place: Place, minutes: number, said: (text: string) => void): Promise<number> {
  const began = performance.now();
  let sent = 0;
  while (performance.now() - began < minutes * 60_000 && !signal.aborted) {
    await place.update();
    sent += 1;
    if (sent % 10 === 1) said(`${sent} updates of ${Math.round(minutes * 60)}`);
    await pause(Math.max(0, began + sent * 1000 - performance.now()), signal);
  }
  return sent;
}

async function mustBeDrawn(place: Place): Promise<void> {
  const drawn = await place.drawn();
  if (drawn.length !== SERIES || drawn.some((points) => points !== POINTS)) throw new Error(`The chart holds ${drawn.join(', ')} points: the figures would not be of ${SERIES} series of ${POINTS}.`);
}

interface Measured { readonly load: number; readonly minutes: number; readonly sent: number; readonly update: Figure; readonly nothing: Figure; readonly before: number; readonly after: number }

function tell(io: Io, { load, minutes, sent, update, nothing, before, after }: Measured): ExitCode {
  const grown = after - before;
  const verdicts = { update: update.median <= MOST_MS ? 'met' : 'missed', heap: grown <= MOST_MB ? 'met' : 'missed' } as const;
  if (io.json) io.emit({ bench: 'charts', load, series: SERIES, points: POINTS, milliseconds: { update, nothing }, heap: { minutes, updates: sent, beforeMb: before, afterMb: after, grownMb: grown }, verdicts });
  else {
    io.print(`one update of ${SERIES} × ${POINTS} points  ${said(update)} ms of the main thread until it is painted; at most ${MOST_MS}: ${verdicts.update}`);
    io.print(`the same time without one    ${said(nothing)} ms`);
    io.print(`heap after ${minutes} min, ${sent} updates  ${before.toFixed(1)} to ${after.toFixed(1)} MB, ${grown >= 0 ? '+' : ''}${grown.toFixed(1)}; at most +${MOST_MB}: ${verdicts.heap}`);
    io.print(`load before: ${load.toFixed(1)}`);
  }
  if (io.signal.aborted) return exit.interrupted;
  return verdicts.update === 'met' && verdicts.heap === 'met' ? exit.ok : exit.failure;
}

const said = ({ median, min, max, runs }: Figure): string => `${median.toFixed(1)} (${min.toFixed(1)} to ${max.toFixed(1)} in ${runs})`;
