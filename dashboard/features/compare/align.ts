import type { Hop } from '../../api/monitoring.ts';
import { hopTree } from '../journey/hop-tree.ts';

/** The same hop in two runs; one of the two is absent where only one run has it. */
export interface Pair { readonly depth: number; readonly a: Hop | undefined; readonly b: Hop | undefined }

interface Node { readonly hop: Hop; readonly children: Node[] }

/**
 * Two journeys beside each other. Hops are the same when the same service does the same thing at the same place: below the same hop,
 * and as often before among its siblings. What only the second has stands after what it came after.
 */
export function alignHops(a: readonly Hop[], b: readonly Hop[]): readonly Pair[] {
  const pairs: Pair[] = [];
  const join = (ones: readonly Node[], others: readonly Node[], depth: number) => {
    const left = new Map(named(others));
    let after: Node[] = [];
    const flush = () => {
      for (const node of after) put(undefined, node, depth);
      after = [];
    };
    const put = (one: Node | undefined, other: Node | undefined, at: number) => {
      pairs.push({ depth: at, a: one?.hop, b: other?.hop });
      join(one?.children ?? [], other?.children ?? [], at + 1);
    };
    const order = [...left.keys()];
    for (const [name, one] of named(ones)) {
      const other = left.get(name);
      if (other) {
        // What the second run did before this stands before it.
        for (const earlier of order.slice(0, order.indexOf(name))) {
          const node = left.get(earlier);
          if (node && !named(ones).some(([known]) => known === earlier)) {
            after.push(node);
            left.delete(earlier);
          }
        }
        flush();
        left.delete(name);
      }
      put(one, other, depth);
    }
    after = [...left.values()];
    flush();
  };
  join(treeOf(a), treeOf(b), 0);
  return pairs;
}

/** Each sibling under its service, its name, and how many of the same came before it. */
function named(nodes: readonly Node[]): readonly (readonly [string, Node])[] {
  const counts = new Map<string, number>();
  return nodes.map((node) => {
    const name = `${node.hop.service} ${node.hop.kind} ${node.hop.name}`;
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return [`${name} ${count}`, node] as const;
  });
}

function treeOf(hops: readonly Hop[]): readonly Node[] {
  const roots: Node[] = [];
  const path: Node[] = [];
  for (const { hop, depth } of hopTree(hops)) {
    const node: Node = { hop, children: [] };
    path.length = depth;
    (path[depth - 1]?.children ?? roots).push(node);
    path.push(node);
  }
  return roots;
}

export interface Difference { readonly name: string; readonly a: unknown; readonly b: unknown }
/** Differ in every run: which process, which connection, which id. They say nothing about what happened. */
const own = new Set(['service.instance.id', 'server.port', 'network.peer.port', 'messaging.message.id', 'mail.message_id']);

/** The attributes in which two hops differ. */
export function differencesOf(a: Hop, b: Hop): readonly Difference[] {
  const names = new Set([...Object.keys(a.attributes), ...Object.keys(b.attributes)]);
  const told = [...names].filter((name) => !own.has(name) && JSON.stringify(a.attributes[name]) !== JSON.stringify(b.attributes[name])).toSorted()
    .map((name) => ({ name, a: a.attributes[name], b: b.attributes[name] }));
  return a.status === b.status ? told : [{ name: 'status', a: a.status, b: b.status }, ...told];
}
