import type { LocalProcess } from '../../targets/local/plan.ts';
import { claimantsOf, type Claimant } from './process-drift.ts';
import type { Drift } from './live.ts';

/** Processes that carry this installation's name and were not started by its runner, by the workload whose program they run. */
export function extrasOf(installation: string, processes: readonly LocalProcess[], known: ReadonlySet<number>): ReadonlyMap<string, readonly Claimant[]> {
  const all = claimantsOf(installation);
  const parents = new Map(all.map(({ pid, parent }) => [pid, parent]));
  const ours = (pid: number): boolean => {
    // What one of ours has started is its own affair; 40 is far deeper than any of them goes.
    for (let [at, depth] = [pid, 0]; at > 1 && depth < 40; at = parents.get(at) ?? 0, depth++) if (known.has(at)) return true;
    return false;
  };
  const extra = all.filter(({ pid }) => pid !== process.pid && !ours(pid));
  return Map.groupBy(extra, ({ command }) => processes.find(({ folder }) => command.includes(`${folder}/main`))?.name ?? processes[0]?.name ?? '');
}

export const driftOfExtra = ({ pid, command }: Claimant): Drift => ({ field: 'process', desired: 'none besides its own', live: `pid ${pid}: ${command.slice(0, 200)}` });
