/** Anything with an id, a parent and a start. */
export interface Node {
  readonly spanId: string;
  readonly parentId: string | null;
  readonly startedNs: string;
}
export interface Tree<N extends Node> {
  /** Parents before their children; among siblings the earlier first. */
  readonly nodes: readonly N[];
  /** Exactly one root, and every other node hangs below it. */
  readonly connected: boolean;
}

/** Orders the spans of one trace. Orphans (their parent is not there) and rings come last; nothing is left out. */
export function treeOf<N extends Node>(spans: readonly N[]): Tree<N> {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const sorted = [...byId.values()].toSorted((a, b) => compare(BigInt(a.startedNs), BigInt(b.startedNs)));
  const children = Map.groupBy(sorted.filter((span) => span.parentId !== null), (span) => span.parentId);
  const roots = sorted.filter((span) => span.parentId === null);
  const orphans = sorted.filter((span) => span.parentId !== null && !byId.has(span.parentId));
  const placed = new Set<N>();

  /** An own stack: a trace may be as deep as somebody wants it to be. */
  function place(start: N): void {
    const open = [start];
    for (let span = open.pop(); span; span = open.pop()) {
      if (placed.has(span)) continue;
      placed.add(span);
      open.push(...(children.get(span.spanId) ?? []).toReversed());
    }
  }
  for (const root of roots) place(root);
  const connected = roots.length === 1 && placed.size === byId.size;
  for (const span of [...orphans, ...sorted]) place(span);
  return { nodes: [...placed], connected };
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
