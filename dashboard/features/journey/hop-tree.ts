import type { Hop as Ended, Journey } from '../../api/monitoring.ts';

/** A hop as it is drawn; one that is under way lasts until now. */
export type Hop = Ended & { readonly open?: true };

/** One line of the map: a hop, how deep it lies, and which lines run past it. */
export interface HopRow {
  readonly hop: Hop;
  readonly depth: number;
  /** For each depth above: the hop whose line runs on below this row, or null where none does. */
  readonly passing: readonly (Hop | null)[];
  readonly parent: Hop | null;
  /** Has the hop's own line another hop below it at the same depth? */
  readonly goesOn: boolean;
  readonly hasChildren: boolean;
}

/**
 * Hops in the order they are drawn: parents before children, siblings by their start. A hop whose parent is not here
 * (or is itself: spans come from outside) starts a line of its own; no hop is drawn twice or lost.
 */
export function hopTree(hops: readonly Hop[]): readonly HopRow[] {
  const known = new Map(hops.map((hop) => [hop.spanId, hop]));
  const children = Map.groupBy(known.values(), ({ parentId }) => (parentId !== null && known.has(parentId) ? parentId : ''));
  const rows: HopRow[] = [];
  const drawn = new Set<string>();
  const draw = (siblings: readonly Hop[], depth: number, passing: readonly (Hop | null)[], parent: Hop | null) => {
    const inOrder = siblings.filter(({ spanId }) => !drawn.has(spanId)).toSorted(byStart);
    inOrder.forEach((hop) => drawn.add(hop.spanId));
    inOrder.forEach((hop, index) => {
      const below = children.get(hop.spanId) ?? [];
      const goesOn = index < inOrder.length - 1;
      rows.push({ hop, depth, passing, parent, goesOn, hasChildren: below.some(({ spanId }) => !drawn.has(spanId)) });
      draw(below, depth + 1, depth === 0 ? [] : [...passing, goesOn ? parent : null], hop);
    });
  };
  draw(children.get('') ?? [], 0, [], null);
  for (const hop of known.values()) if (!drawn.has(hop.spanId)) draw([hop], 0, [], null);
  return rows;
}

/** All hops of a journey at a moment. @param now Unix milliseconds; 0 before the page runs in a browser */
export function hopsAt({ hops, open }: Pick<Journey, 'hops' | 'open'>, now: number): readonly Hop[] {
  return [...hops, ...open.map((hop): Hop => ({ ...hop, durationMs: Math.max(0, now - hop.startedAt), status: 'ok', open: true }))];
}

/** The services that a journey waits for: those of hops under way that wait for no other one, each once. */
export function waitsFor({ open }: Pick<Journey, 'open'>): readonly string[] {
  const parents = new Set(open.map(({ parentId }) => parentId));
  return [...new Set(open.filter(({ spanId }) => !parents.has(spanId)).map(({ kind, service, attributes }) => {
    const called = attributes['peer.service'];
    return kind === 'client' && typeof called === 'string' ? called : service;
  }))];
}

export interface Span { readonly startedAt: number; readonly durationMs: number }

/** From the first start to the last end, in Unix milliseconds; never empty, so that it can be divided by. */
export function extentOf(spans: readonly Span[]): Span {
  const startedAt = Math.min(...spans.map((span) => span.startedAt));
  const end = Math.max(...spans.map((span) => span.startedAt + span.durationMs));
  return spans.length === 0 ? { startedAt: 0, durationMs: 1 } : { startedAt, durationMs: Math.max(end - startedAt, 0.001) };
}

/** Where a hop lies in the whole, in percent: `left` 0–100, `width` at least what an eye can see. */
export function placeOf(hop: Span, whole: Span): { readonly left: number; readonly width: number } {
  const left = ((hop.startedAt - whole.startedAt) / whole.durationMs) * 100;
  const width = Math.max((hop.durationMs / whole.durationMs) * 100, 0.6);
  return { left: Math.min(Math.max(left, 0), 99.4), width: Math.min(width, 100 - Math.min(Math.max(left, 0), 99.4)) };
}

/** Starts may be whole milliseconds: what began in the same one stays as monitoring ordered it. */
function byStart(a: Hop, b: Hop): number {
  return a.startedAt - b.startedAt;
}
