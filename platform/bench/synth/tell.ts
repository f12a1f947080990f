import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Io } from '../../cli/command.ts';
import type { Figure } from '../statistics.ts';

export type Verdict = 'met' | 'missed' | 'inconclusive';
/** Processor time in milliseconds throughout. */
export interface Result {
  readonly size: number;
  readonly target: number;
  readonly files: number;
  readonly objects: number;
  /** Files that were read back from both sides and found equal. */
  readonly compared: number;
  readonly ours: Figure;
  readonly peer: Figure;
  readonly ratio: Figure;
  /** Ours against ours. */
  readonly control: Figure;
  /** One run of ours without a compile cache. */
  readonly coldMs: number;
  readonly verdict: Verdict;
}
export interface Growth {
  readonly size: number;
  readonly base: number;
  readonly target: number;
  readonly ours: Figure;
  readonly times: number;
  readonly objects: number;
  readonly maxRssMb: number;
  readonly verdict: Verdict;
}
export interface Told { readonly load: number; readonly results: readonly Result[]; readonly growth?: Growth }

export function tell(io: Io, told: Told): void {
  const machine = { node: process.version, cpus: cpus().length, cpu: cpus()[0]?.model ?? 'unknown', load: told.load, versions: versions(io.root) };
  if (io.json) return io.emit({ bench: 'synth', ...machine, ...told });
  io.print(`Node ${machine.node}, ${machine.cpus} × ${machine.cpu}, load ${told.load.toFixed(1)} at the start; ${Object.entries(machine.versions).map((pair) => pair.join(' ')).join(', ')}`);
  io.print('Processor time (user and system) of fresh processes that write the same objects into an empty folder: median (least–most).');
  for (const one of told.results) {
    io.print('');
    io.print(`${io.style.bold(`${one.size} workloads × 4 environments`)}: ${one.files} files, ${one.objects} objects; ${one.compared} files read back and equal`);
    io.print(`  synth, all targets     ${range(one.ours, ' ms')}; ${one.coldMs.toFixed(0)} ms without a compile cache`);
    io.print(`  yaml.stringify, write  ${range(one.peer, ' ms')}`);
    io.print(`  control, us against us ${range(one.control, '', 2)}`);
    io.print(`  ratio                  ${range(one.ratio, '', 2)}, target ≤ ${one.target}: ${verdict(io, one.verdict)}`);
  }
  if (!told.growth) return;
  const { size, base, target, ours, times, objects, maxRssMb } = told.growth;
  io.print('');
  io.print(`${io.style.bold(`${size} workloads × 4 environments`)}: ${objects} objects, ${range(ours, ' ms')}, ${maxRssMb.toFixed(0)} MiB at most`);
  io.print(`  ${times.toFixed(1)} × the time of ${base}, target ≤ ${target}: ${verdict(io, told.growth.verdict)}`);
}

const range = ({ median, min, max, runs }: Figure, unit: string, digits = 0): string =>
  `${median.toFixed(digits)}${unit} (${min.toFixed(digits)}–${max.toFixed(digits)}, ${runs} runs)`;

function verdict({ style }: Io, said: Verdict): string {
  if (said === 'met') return style.good('met');
  return said === 'missed' ? style.bad('missed') : style.warn('inconclusive: the control drifts by more than 10 %, run it on a calmer machine');
}

/** Of the packages that do the work, as package.json pins them. */
function versions(root: string): Readonly<Record<string, string>> {
  const pinned = readFileSync(`${root}/package.json`, 'utf8');
  return Object.fromEntries(['yaml', 'cdk8s', 'cdktf'].map((name) => [name, new RegExp(`"${name}": "([^"]+)"`).exec(pinned)?.[1] ?? 'unknown']));
}
