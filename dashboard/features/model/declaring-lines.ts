import type { Declared } from '../../api/declared.ts';
import type { SeenEdge } from '../services/seen-edges.ts';

/** One thing that a line declares. */
export interface Declares { readonly name: string; readonly kind: 'workload' | 'backing' | 'reference' | 'knob'; readonly about: string; readonly edge?: SeenEdge }
export interface DeclaringLine { readonly line: number; readonly at: string; readonly declares: readonly Declares[] }
export interface DeclaringFile { readonly path: string; readonly lines: readonly DeclaringLine[] }
interface Knob { readonly name: string; readonly value: string | number; readonly declaredAt: string }

/** Every line of the model that declares something, file by file. What every workload has stands on the workload's own line and is left out. */
export function declaringFiles({ nodes }: Declared, edges: readonly SeenEdge[], knobs: readonly Knob[]): readonly DeclaringFile[] {
  const all: readonly (Declares & { readonly at: string })[] = [
    ...nodes.map(({ name, kind, backing, declaredAt }) => ({ name, kind: kind === 'workload' ? 'workload' as const : 'backing' as const, about: backing ?? '', at: declaredAt })),
    ...edges.flatMap((edge) => (edge.declaredAt === undefined || edge.standard ? [] : [{ name: edge.reference ?? '', kind: 'reference' as const, about: edge.to, at: edge.declaredAt, edge }])),
    ...knobs.map(({ name, value, declaredAt }) => ({ name, kind: 'knob' as const, about: String(value), at: declaredAt })),
  ];
  const files = Map.groupBy(all, ({ at }) => at.slice(0, at.lastIndexOf(':')));
  return [...files].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([path, there]) => ({
    path,
    lines: [...Map.groupBy(there, ({ at }) => at)].map(([at, declares]) => ({ at, line: Number(at.slice(at.lastIndexOf(':') + 1)), declares })).toSorted((a, b) => a.line - b.line),
  }));
}
