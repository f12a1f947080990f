import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { exit, type Io } from '../../cli/command.ts';
import { measured, type Report } from '../child.ts';
import { figureOf, isSteady, ratioOf, type Figure } from '../statistics.ts';
import { sameContents } from './same.ts';
import { tell, type Growth, type Result } from './tell.ts';

export interface Plan {
  /** Largest ratio that a platform of a size may have, and how often both sides run. */
  readonly sizes: readonly { readonly size: number; readonly target: number; readonly runs: number }[];
  /** So many workloads in at most so many times the processor time of the base. */
  readonly growth: { readonly size: number; readonly base: number; readonly target: number; readonly runs: number };
}
export const bench = benchOf({
  sizes: [{ size: 10, target: 2, runs: 7 }, { size: 100, target: 2.5, runs: 5 }],
  growth: { size: 1000, base: 100, target: 11, runs: 3 },
});

/**
 * Fresh processes, an empty folder each, a warm compile cache for both (as `./journey` has it), one after the other in
 * turn: ours, theirs, ours again. The second of ours is the control.
 */
export function benchOf(plan: Plan): Bench {
  return {
    async run(io, { quick }) {
      const folder = mkdtempSync(join(tmpdir(), 'journey-bench-'));
      const load = loadavg()[0] ?? 0;
      try {
        const results: Result[] = [];
        for (const { size, target, runs } of plan.sizes) results.push(await compare(io, folder, size, target, quick ? 2 : runs));
        const growth = quick ? undefined : await grow(io, folder, plan.growth, results.find((one) => one.size === plan.growth.base)?.ours);
        tell(io, { load, results, ...(growth ? { growth } : {}) });
        return [...results, ...(growth ? [growth] : [])].every((one) => one.verdict === 'met') ? exit.ok : exit.failure;
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

async function compare(io: Io, folder: string, size: number, target: number, runs: number): Promise<Result> {
  const progress = io.progress(`${size} workloads in 4 environments`);
  const [cache, objects] = [join(folder, 'cache'), join(folder, 'objects.json')];
  // The first runs fill the cache and make what the others start from; they do not count.
  await side(io, 'ours', `${size}`, join(folder, 'ours'), cache);
  await side(io, 'prepare', join(folder, 'ours'), objects, cache);
  await side(io, 'peer', objects, join(folder, 'peer'), cache);
  const { files, compared } = sameContents(join(folder, 'ours'), join(folder, 'peer'));
  const cold = await side(io, 'ours', `${size}`, join(folder, 'ours'));
  const sides: { ours: Report[]; peer: Report[]; control: Report[] } = { ours: [], peer: [], control: [] };
  for (let run = 1; run <= runs; run += 1) {
    progress.update(`run ${run} of ${runs}`);
    sides.ours.push(await side(io, 'ours', `${size}`, join(folder, 'ours'), cache));
    sides.peer.push(await side(io, 'peer', objects, join(folder, 'peer'), cache));
    sides.control.push(await side(io, 'ours', `${size}`, join(folder, 'ours'), cache));
  }
  progress.done();
  for (const { objects: count } of [...sides.ours, ...sides.peer, ...sides.control]) {
    if (count !== cold.objects) throw new Error(`The sides did not write the same: ${count} objects and ${cold.objects}.`);
  }
  const [ours, peer] = [cpuOf(sides.ours), cpuOf(sides.peer)];
  const [ratio, drift] = [ratioOf(ours, peer), ratioOf(cpuOf(sides.control), ours)];
  return {
    size, target, files, compared, objects: cold.objects, ours: figureOf(ours), peer: figureOf(peer), ratio, control: drift, coldMs: cold.cpuMs,
    verdict: isSteady(drift) ? (ratio.median <= target ? 'met' : 'missed') : 'inconclusive',
  };
}

async function grow(io: Io, folder: string, plan: Plan['growth'], base: Figure | undefined): Promise<Growth | undefined> {
  if (!base) return undefined;
  const progress = io.progress(`${plan.size} workloads in 4 environments`);
  const reports: Report[] = [];
  for (let run = 1; run <= plan.runs; run += 1) {
    progress.update(`run ${run} of ${plan.runs}`);
    reports.push(await side(io, 'ours', `${plan.size}`, join(folder, 'ours'), join(folder, 'cache')));
  }
  progress.done();
  const ours = figureOf(cpuOf(reports));
  const times = ours.median / base.median;
  return {
    size: plan.size, base: plan.base, target: plan.target, ours, times, maxRssMb: Math.max(...reports.map(({ maxRssMb }) => maxRssMb)),
    objects: reports[0]?.objects ?? 0, verdict: times <= plan.target ? 'met' : 'missed',
  };
}

const cpuOf = (reports: readonly Report[]) => reports.map(({ cpuMs }) => cpuMs);

/** Runs one side into a folder that is empty again. */
async function side(io: Io, script: 'ours' | 'peer' | 'prepare', from: string, to: string, cache?: string): Promise<Report> {
  rmSync(to, { recursive: true, force: true });
  return measured(new URL(`./${script}.ts`, import.meta.url), [from, to], io.signal, cache);
}
