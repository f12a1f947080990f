import type { Edge } from '../../model/index.ts';

/** How many start at once: more compete for two processors and all become slower. */
const TOGETHER = 2;

export interface StartOrder {
  /** Two at a time. */
  readonly waves: readonly (readonly string[])[];
  /** What a workload waits for before it starts: the workloads it refers to, except inside a ring; sorted. */
  readonly after: ReadonlyMap<string, readonly string[]>;
}

/**
 * The order to start workloads in: who is called comes before who calls.
 * A reference counts before keys and telemetry, which nobody waits for; scraping does not count. In a ring of
 * calls the one with the fewest open ends goes first.
 */
export function startOrderOf(names: readonly string[], edges: readonly Edge[]): StartOrder {
  const open = new Map(names.map((name, place) => [name, { name, place, references: new Set<string>(), standard: new Set<string>() }]));
  const callers = new Map<string, Set<string>>(names.map((name) => [name, new Set()]));
  for (const { from, to, kind, reference } of edges) {
    if (kind === 'backing' || reference.endsWith('.WORKLOADS')) continue;
    open.get(from)?.[kind === 'service' ? 'references' : 'standard'].add(to);
    callers.get(to)?.add(from);
  }
  const after = new Map<string, readonly string[]>();
  const started = new Set<string>();
  const called = new Map([...open].map(([name, calls]) => [name, [...calls.references].toSorted()]));
  const waves: string[][] = [];
  while (open.size > 0) {
    const wave = nextWave([...open.values()]);
    for (const name of wave) after.set(name, (called.get(name) ?? []).filter((to) => started.has(to)));
    for (const name of wave) {
      started.add(name);
      open.delete(name);
      for (const caller of callers.get(name) ?? []) close(open.get(caller), name);
    }
    waves.push(wave);
  }
  return { waves, after };
}

/** A workload that has not started, and whom it calls among those that have not started either. */
interface Waiting { readonly name: string; readonly place: number; readonly references: Set<string>; readonly standard: Set<string> }

function nextWave(waiting: readonly Waiting[]): string[] {
  const free = waiting.filter((one) => one.references.size === 0);
  const byStandard = (a: Waiting, b: Waiting) => a.standard.size - b.standard.size || a.place - b.place;
  if (free.length > 0) return free.toSorted(byStandard).slice(0, TOGETHER).map((one) => one.name);
  return waiting.toSorted((a, b) => a.references.size - b.references.size || byStandard(a, b)).slice(0, 1).map((one) => one.name);
}

function close(caller: Waiting | undefined, name: string): void {
  caller?.references.delete(name);
  caller?.standard.delete(name);
}
