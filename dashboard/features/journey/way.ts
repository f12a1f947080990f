import type { Declared } from '../../api/declared.ts';
import type { Journey } from '../../api/monitoring.ts';
import { isGiven } from '../given-sources.ts';
import { factOf, type FactKind } from './hop-fact.ts';

/** What a journey did at one workload, or over one reference. */
export interface Mark {
  /** Its hops, by their start: the first is when it was reached. */
  readonly hops: readonly string[];
  /** Which of the references it was to be ridden: 1 for the first. A workload has none. */
  readonly turn: number;
  readonly line: FactKind;
  readonly failed: boolean;
  readonly underWay: boolean;
}
export interface Way {
  /** By reference, in the order in which they were ridden first. */
  readonly edges: ReadonlyMap<string, Mark>;
  /** By the name of the workload. */
  readonly stops: ReadonlyMap<string, Mark>;
  /** Hops that this environment declares nothing for. */
  readonly undeclared: readonly string[];
}

/**
 * The way of a journey over the declared references, as far as it is known. A hop is over the edge that its
 * `journey.reference` names, and at its service. Not drawn from the clock: it changes with news only.
 */
export function wayOf({ hops, open }: Pick<Journey, 'hops' | 'open'>, { nodes, edges }: Pick<Declared, 'nodes' | 'edges'>): Way {
  const references = new Set(edges.map(({ reference }) => reference));
  const workloads = new Set(nodes.filter(({ kind }) => kind === 'workload').map(({ name }) => name));
  const ridden = new Map<string, Noted>();
  const reached = new Map<string, Noted>();
  const undeclared: string[] = [];
  const all = [...hops, ...open.map((hop) => ({ ...hop, status: 'under way' as const }))].toSorted((a, b) => a.startedAt - b.startedAt);
  for (const hop of all) {
    const reference = hop.attributes['journey.reference'];
    const known = typeof reference === 'string' ? references.has(reference) : workloads.has(hop.service);
    if (!known && !(typeof reference === 'string' && isGiven(reference, hop.service))) undeclared.push(hop.spanId);
    if (known && typeof reference === 'string') note(ridden, reference, hop);
    if (workloads.has(hop.service)) note(reached, hop.service, hop);
  }
  return { edges: ridden, stops: reached, undeclared };
}

type Noted = { -readonly [Key in keyof Mark]: Mark[Key] } & { hops: string[] };
type Noting = Pick<Journey['hops'][number], 'spanId' | 'attributes' | 'kind'> & { readonly status: string };

function note(marks: Map<string, Noted>, name: string, hop: Noting): void {
  const mark = marks.get(name) ?? { hops: [], turn: marks.size + 1, line: factOf(hop).kind, failed: false, underWay: false };
  mark.hops.push(hop.spanId);
  mark.failed ||= hop.status === 'error';
  mark.underWay ||= hop.status === 'under way';
  marks.set(name, mark);
}

export type Standing = 'ahead' | 'under-way' | 'failed' | 'gone';

/** In one word. What is under way again after it failed is under way. */
export function standingOf(mark: Mark | undefined): Standing {
  return !mark ? 'ahead' : mark.underWay ? 'under-way' : mark.failed ? 'failed' : 'gone';
}

/** The hop that a choice of it selects: its first; chosen again, the next one. */
export function nextOf({ hops }: Mark, selected: string | null): string {
  return hops[(selected === null ? 0 : hops.indexOf(selected) + 1) % hops.length] ?? '';
}
