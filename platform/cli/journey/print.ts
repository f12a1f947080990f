import type { Io } from '../command.ts';
import type { Journey } from './answer.ts';
import type { Declaration } from './declared.ts';
import type { Hop } from './answer.ts';
import { branchesOf, detailOf, type Branch } from './tree.ts';

/** Prints a journey as a tree of hops, each with its time, what happened and the line that decided it. */
export function printJourney(io: Io, journey: Journey, declared: (hop: Hop) => Declaration | undefined): void {
  const branches = branchesOf(journey.hops);
  if (io.json) {
    for (const { hop, depth } of branches) io.emit({ ...hop, depth, ...declared(hop) });
    io.emit({ traceId: journey.traceId, connected: journey.connected, hops: journey.hops.length, omitted: journey.omitted });
    return;
  }
  const { style } = io;
  for (const branch of branches) {
    const { hop } = branch;
    const name = hop.status === 'error' ? style.bad(printable(hop.name)) : style.bold(printable(hop.name));
    io.print(`${lead(branch)}${name}  ${style.dim(`${printable(hop.service)} · ${hop.durationMs.toFixed(1)} ms`)}`);
    const detail = printable(detailOf(hop));
    if (detail !== '') io.print(`${below(branch)}${shortened(detail)}`);
    const from = declared(hop);
    if (from && hop.attributes['journey.reference'] !== undefined) {
      io.print(style.dim(`${below(branch)}${printable(String(hop.attributes['journey.reference']))} ← ${from.line}${from.manifests[0] ? ` → ${from.manifests[0]}` : ''}`));
    }
  }
  const shape = journey.connected === null ? 'too large to say whether it is one trace' : journey.connected ? style.good('one connected trace') : style.bad('not one connected trace');
  const services = new Set(journey.hops.map((h) => h.service)).size;
  io.print(`${branches.length} hops in ${services} ${services === 1 ? 'service' : 'services'}, ${shape}, ${journey.traceId}`);
  const { spans, logs } = journey.omitted;
  if (spans + logs > 0) io.print(`Not shown: ${spans} more ${spans === 1 ? 'hop' : 'hops'} and ${logs} more log ${logs === 1 ? 'line' : 'lines'}, at least.`);
}

const lead = ({ trail, last }: Branch): string => (trail.length === 0 ? '' : `${rails(trail)}${last ? '└─ ' : '├─ '}`);
const below = ({ trail, last }: Branch): string => `${rails(trail)}${trail.length === 0 ? '' : last ? '   ' : '│  '}  `;
const rails = (trail: readonly boolean[]): string => trail.slice(1).map((ended) => (ended ? '   ' : '│  ')).join('');

const WIDEST = 140;
const shortened = (text: string): string => (text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text);
/** What came over the network may not steer the terminal. */
const printable = (text: string): string => text.replace(/\p{Cc}/gu, '·');
