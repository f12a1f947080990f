import type { Declared } from '../../api/declared.ts';

export interface Station {
  readonly name: string;
  /** `queue`: a backing between workloads, where it is asked for as a stop of its own. */
  readonly kind: 'workload' | 'queue';
  /** Which stop of the way it is (0 = where requests begin), and which of the parallel lines. Halves are allowed. */
  readonly column: number;
  readonly row: number;
  /** The backings that only it uses. */
  readonly backings: readonly string[];
}
export interface Line {
  readonly from: string;
  readonly to: string;
  readonly kind: 'request' | 'message';
  readonly reference: string;
  /** Where it bends, `from` and `to` included. */
  readonly points: readonly { readonly column: number; readonly row: number }[];
}
export interface Network { readonly stations: readonly Station[]; readonly lines: readonly Line[]; readonly columns: number; readonly rows: number }

/** `stops`: a queue is a stop of its own, so that who fills it and who empties it are two lines. @default 'lines' */
export interface NetworkOptions { readonly queues?: 'lines' | 'stops' }
interface Link { readonly from: string; readonly to: string; readonly kind: Line['kind']; readonly reference: string }

/**
 * The declared references as a line map: who is called lies one stop after who calls; a queue that one workload fills
 * and another empties is a line between the two (layers as Sugiyama draws them, with bends where a line passes a layer).
 */
export function networkOf(graph: Declared, consumes: ReadonlySet<string>, { queues = 'lines' }: NetworkOptions = {}): Network {
  const stops = new Set(queues === 'stops' ? graph.edges.filter(({ reference }) => consumes.has(reference)).map(({ to }) => to) : []);
  const names = [...graph.nodes.filter(({ kind }) => kind === 'workload').map(({ name }) => name), ...stops];
  const links = (stops.size > 0 ? throughQueues : linksOf)(graph, consumes).filter(({ from, to }) => names.includes(from) && names.includes(to) && from !== to);
  const columns = columnsOf(names, links);
  const ways = links.map((link) => ({ link, way: wayOf(link, columns) }));
  const rows = rowsOf(names, columns, ways.map(({ way }) => way));
  const backings = new Map(names.map((name) => [name, backingsOf(graph, name, consumes)]));
  const stations = names.map((name) => ({ name, kind: stops.has(name) ? 'queue' as const : 'workload' as const, column: columns.get(name) ?? 0, row: rows.get(name) ?? 0, backings: backings.get(name) ?? [] }));
  return {
    stations,
    lines: ways.map(({ link, way }) => ({
      ...link,
      // A line back to an earlier layer ends there: its last stop's own layer counts.
      points: way.map((id, index) => ({ column: columns.get(id) ?? (columns.get(link.from) ?? 0) + index, row: rows.get(id) ?? 0 })),
    })),
    columns: Math.max(0, ...stations.map(({ column }) => column)) + 1,
    rows: Math.max(0, ...rows.values()) + 1,
  };
}

function callsOf({ edges }: Declared): readonly Link[] {
  return edges.filter(({ kind }) => kind === 'service').map(({ from, to, reference }) => ({ from, to, reference, kind: 'request' as const }));
}

/** Each reference to a queue as a line of its own, in the direction that messages go. */
function throughQueues(graph: Declared, consumes: ReadonlySet<string>): readonly Link[] {
  const queues = new Set(graph.edges.filter(({ reference }) => consumes.has(reference)).map(({ to }) => to));
  const uses = graph.edges.filter(({ kind, to }) => kind === 'backing' && queues.has(to));
  return [...callsOf(graph), ...uses.map(({ from, to, reference }) => (consumes.has(reference) ? { from: to, to: from, reference, kind: 'message' as const } : { from, to, reference, kind: 'message' as const }))];
}

function linksOf(graph: Declared, consumes: ReadonlySet<string>): readonly Link[] {
  const { edges } = graph;
  const taken = edges.filter(({ reference }) => consumes.has(reference));
  const given = edges.filter(({ kind, to, reference }) => kind === 'backing' && !consumes.has(reference) && taken.some((edge) => edge.to === to));
  const messages = given.flatMap((giver) => taken.filter(({ to }) => to === giver.to).map((taker) => ({ from: giver.from, to: taker.from, reference: taker.reference, kind: 'message' as const })));
  return [...callsOf(graph), ...messages];
}

function backingsOf({ edges }: Declared, name: string, consumes: ReadonlySet<string>): readonly string[] {
  const shared = new Set(edges.filter(({ reference }) => consumes.has(reference)).map(({ to }) => to));
  return edges.filter(({ from, kind, to }) => from === name && kind === 'backing' && !shared.has(to)).map(({ to }) => to);
}

/** The longest way from a start; a circle of calls is cut where it would come round. */
function columnsOf(names: readonly string[], links: readonly Link[]): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  const visit = (name: string, on: ReadonlySet<string>): number => {
    const known = columns.get(name);
    if (known !== undefined) return known;
    const before = links.filter(({ from, to }) => to === name && !on.has(from)).map(({ from }) => visit(from, new Set([...on, name])));
    const column = before.length === 0 ? 0 : Math.max(...before) + 1;
    if (on.size === 0) columns.set(name, column);
    return column;
  };
  for (const name of names) visit(name, new Set());
  return columns;
}

/** The stops of a line: its ends, and a place of its own in every layer between. */
function wayOf({ from, to, reference }: Link, columns: ReadonlyMap<string, number>): readonly string[] {
  const between = Math.max(0, (columns.get(to) ?? 0) - (columns.get(from) ?? 0) - 1);
  return [from, ...Array.from({ length: between }, (_, index) => `${reference}/${index}`), to];
}

/** Within a layer: near the middle of what leads there. Layers are centred on each other. */
function rowsOf(names: readonly string[], columns: ReadonlyMap<string, number>, ways: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const column = new Map(columns);
  const before = new Map<string, string[]>();
  for (const way of ways) {
    way.forEach((id, index) => {
      const last = way[index - 1];
      if (last === undefined) return;
      if (!column.has(id)) column.set(id, (column.get(last) ?? 0) + 1);
      before.set(id, [...(before.get(id) ?? []), last]);
    });
  }
  const layers = Map.groupBy(new Set([...names, ...column.keys()]), (id) => column.get(id) ?? 0);
  const tallest = Math.max(1, ...[...layers.values()].map((layer) => layer.length));
  const rows = new Map<string, number>();
  for (const [, layer] of [...layers].toSorted(([a], [b]) => a - b)) {
    const middle = (id: string) => {
      // A line that comes back from a later layer pulls at nothing: what it comes from has no place yet.
      const above = (before.get(id) ?? []).filter((each) => rows.has(each));
      return above.length === 0 ? (tallest - 1) / 2 : above.reduce((sum, each) => sum + (rows.get(each) ?? 0), 0) / above.length;
    };
    layer.toSorted((a, b) => middle(a) - middle(b)).forEach((id, index) => rows.set(id, (tallest - layer.length) / 2 + index));
  }
  return rows;
}
