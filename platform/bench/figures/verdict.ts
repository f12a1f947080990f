import { exit, type ExitCode, type Io } from '../../cli/command.ts';
import type { Figure } from '../statistics.ts';
import { KINDS, type apart } from './times.ts';

export const PER_SECOND = 20;
const TARGET_MS = 2;
const TARGET_SHARE = 0.01;

/** What the runs gave. */
export interface Found { readonly ours: ReturnType<typeof apart>; readonly control: ReturnType<typeof apart>; readonly counts: readonly number[]; readonly load: number; readonly requests: number }

/** Prints it beside its targets. @returns 0 when all of them are met */
export function tell(io: Io, { ours, control, counts, load, requests }: Found): ExitCode {
  const farthest = Math.max(...counts.map((share) => Math.abs(share - 1)));
  const rows = [
    { what: 'requests', verdict: farthest <= TARGET_SHARE ? 'met' : 'missed', figure: `${(farthest * 100).toFixed(2)} % apart at most in ${counts.length}`, target: '1 %' },
    ...KINDS.map((kind) => ({
      what: kind, figure: said(ours[kind]), target: `${TARGET_MS} ms`,
      // Where the driver and a server without anything of ours are further apart than half of it, nothing can be said of ours.
      verdict: control[kind].median > TARGET_MS / 2 ? 'inconclusive' : ours[kind].median <= TARGET_MS ? 'met' : 'missed',
    })),
  ];
  if (io.json) io.emit({ bench: 'figures', load, requests, counts, apartMs: ours, controlMs: control, rows });
  else {
    for (const { what, figure, target, verdict } of rows) io.print(`${what.padEnd(10)} ${figure}; at most ${target}: ${verdict}`);
    for (const kind of KINDS) io.print(`${`control ${kind}`.padEnd(14)} ${said(control[kind])}`);
    io.print(`${requests} requests at ${PER_SECOND}/s; load of the machine before: ${load.toFixed(1)}`);
  }
  return rows.every(({ verdict }) => verdict === 'met') ? exit.ok : exit.failure;
}

const said = ({ median, min, max, runs }: Figure): string => `${median.toFixed(2)} ms apart (${min.toFixed(2)} to ${max.toFixed(2)} in ${runs})`;
