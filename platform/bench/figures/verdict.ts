import { exit, type ExitCode, type Io } from '../../cli/command.ts';
import type { Figure } from '../statistics.ts';
import { KINDS, type Kinds } from './times.ts';

export const PER_SECOND = 20;
const TARGET_MS = 2;
const TARGET_SHARE = 0.01;

/** What the runs gave. */
export interface Found {
  readonly ours: Kinds<Figure>;
  readonly control: Kinds<Figure>;
  readonly beyond: Kinds<Figure>;
  /** Of single journeys: the median of each run. */
  readonly journeys: Figure;
  /** Shown of asked, run by run. */
  readonly counts: readonly number[];
  readonly load: number;
  readonly requests: number;
}

/** Prints it beside its targets. @returns 0 when all of them are met */
export function tell(io: Io, { ours, control, beyond, journeys, counts, load, requests }: Found): ExitCode {
  const farthest = Math.max(...counts.map((share) => Math.abs(share - 1)));
  const rows = [
    { what: 'requests', verdict: farthest <= TARGET_SHARE ? 'met' : 'missed', figure: `${(farthest * 100).toFixed(2)} % apart at most in ${counts.length}`, target: '1 %' },
    ...KINDS.map((kind) => ({
      what: kind, figure: said(ours[kind]), target: `${TARGET_MS} ms`,
      verdict: verdictOf(ours[kind].median, beyond[kind].median),
    })),
    { what: 'journey', figure: said(journeys), target: `${TARGET_MS} ms`, verdict: journeys.median <= TARGET_MS ? 'met' as const : 'missed' as const },
  ];
  if (io.json) io.emit({ bench: 'figures', load, requests, counts, apartMs: ours, controlMs: control, beyondMs: beyond, journeysMs: journeys, rows });
  else {
    for (const { what, figure, target, verdict } of rows) io.print(`${what.padEnd(10)} ${figure}; at most ${target}: ${verdict}`);
    for (const kind of KINDS) io.print(`${`control ${kind}`.padEnd(14)} ${said(control[kind])}; ours beyond it ${beyond[kind].median.toFixed(2)} ms`);
    io.print(`${requests} requests at ${PER_SECOND}/s; load of the machine before: ${load.toFixed(1)}`);
  }
  return rows.every(({ verdict }) => verdict === 'met') ? exit.ok : exit.failure;
}

/** Both must be within the target: what is seen, and what of it is not the driver's own. Where only the second is, the machine is too late to say more. */
function verdictOf(seen: number, own: number): 'met' | 'missed' | 'inconclusive' {
  if (!(Math.abs(own) <= TARGET_MS)) return 'missed';
  return seen <= TARGET_MS ? 'met' : 'inconclusive';
}

const said = ({ median, min, max, runs }: Figure): string => `${median.toFixed(2)} ms apart (${min.toFixed(2)} to ${max.toFixed(2)} in ${runs})`;
