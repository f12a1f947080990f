import type { Declared } from '../../api/declared.ts';
import type { SeenEdge } from '../services/seen-edges.ts';

/** One thing that a line declares. */
export interface Declares { readonly name: string; readonly kind: 'workload' | 'backing' | 'reference' | 'knob'; readonly about: string; readonly edge?: SeenEdge; /** Absent where nothing was. */ readonly seen?: Seen }
/** What went over a reference; of a workload and of a backing, over all that lead to it. */
export interface Seen {
  readonly requests: number;
  readonly errors: number;
  /** Seconds. Of several together no more is known than that it is at most the highest of theirs. */
  readonly p99: number | null;
  readonly several: boolean;
}
export interface DeclaringLine { readonly line: number; readonly at: string; readonly declares: readonly Declares[] }
export interface DeclaringFile { readonly path: string; readonly lines: readonly DeclaringLine[] }
interface Knob { readonly name: string; readonly value: string | number; readonly declaredAt: string }

/** Every line of the model that declares something, file by file. What every workload has stands on the workload's own line and is left out. */
export function declaringFiles({ nodes }: Declared, edges: readonly SeenEdge[], knobs: readonly Knob[]): readonly DeclaringFile[] {
  // Those that stand here as well: what nobody declared, and what every workload has, Services shows.
  const leading = Map.groupBy(edges.filter(({ declaredAt, standard }) => declaredAt !== undefined && !standard), ({ to }) => to);
  const all: readonly (Declares & { readonly at: string })[] = [
    ...nodes.map(({ name, kind, backing, declaredAt }) => ({ name, kind: kind === 'workload' ? 'workload' as const : 'backing' as const, about: backing ?? '', at: declaredAt, ...seenOf(leading.get(name) ?? []) })),
    ...edges.flatMap((edge) => (edge.declaredAt === undefined || edge.standard ? [] : [{ name: edge.reference ?? '', kind: 'reference' as const, about: edge.to, at: edge.declaredAt, edge, ...seenOf([edge]) }])),
    ...knobs.map(({ name, value, declaredAt }) => ({ name, kind: 'knob' as const, about: String(value), at: declaredAt })),
  ];
  const files = Map.groupBy(all, ({ at }) => at.slice(0, at.lastIndexOf(':')));
  return [...files].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([path, there]) => ({
    path,
    lines: [...Map.groupBy(there, ({ at }) => at)].map(([at, declares]) => ({ at, line: Number(at.slice(at.lastIndexOf(':') + 1)), declares })).toSorted((a, b) => a.line - b.line),
  }));
}

function seenOf(edges: readonly SeenEdge[]): { readonly seen?: Seen } {
  const all = edges.flatMap(({ observed }) => observed ?? []);
  if (all.length === 0) return {};
  const sum = (of: 'requests' | 'errors') => all.reduce((before, one) => before + one[of], 0);
  const p99s = all.flatMap(({ p99 }) => p99 ?? []);
  return { seen: { requests: sum('requests'), errors: sum('errors'), p99: p99s.length === 0 ? null : Math.max(...p99s), several: all.length > 1 } };
}
