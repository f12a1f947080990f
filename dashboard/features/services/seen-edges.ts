import type { Declared } from '../../api/declared.ts';
import type { ObservedEdge } from '../../api/metrics.ts';
import { isGiven } from '../given-sources.ts';

export interface SeenEdge {
  /** In the address: `gateway.AUTH_URL>auth`, or `gateway.?>auth` for what nobody declared. */
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly reference: string | null;
  readonly line: 'request' | 'sql' | 'cache' | 'message' | 'mail' | 'object' | 'work';
  /** What every workload has: telemetry, keys, scraping. */
  readonly standard: boolean;
  /** `given`: by a reference of the model to a server whose URL `up` was given. */
  readonly standing: 'seen' | 'unseen' | 'given' | 'undeclared';
  readonly declaredAt?: string;
  readonly observed?: ObservedEdge;
}

/** A page of the dashboard holds no key of a workload: the gateway sees it call, and no reference with it. */
const pages = { caller: 'dashboard', callee: 'gateway', reference: 'dashboard.GATEWAY_URL' } as const;
const lines: Readonly<Record<string, SeenEdge['line']>> = { database: 'sql', cache: 'cache', queue: 'message', mail: 'mail', objects: 'object' };
const calls: Readonly<Record<ObservedEdge['kind'], SeenEdge['line']>> = { call: 'request', database: 'sql', cache: 'cache', publish: 'message', consume: 'message', backing: 'work' };

/** Every declared edge with what was seen of it, and then what was seen and nobody declared. */
export function seenEdges({ nodes, edges }: Declared, observed: readonly ObservedEdge[]): readonly SeenEdge[] {
  const backings = new Map(nodes.map(({ name, backing }) => [name, backing]));
  const several = Map.groupBy(edges, ({ reference }) => reference);
  const left = new Set(observed);
  const declared = edges.map(({ reference, from, to, kind, declaredAt }): SeenEdge => {
    // Of a reference with several targets (the scraper's) the name tells which; a backing has no name but its reference.
    const found = observed.find((one) => left.has(one) && referenceOf(one) === reference && one.caller === from && (several.get(reference)?.length === 1 || one.callee === to));
    if (found) left.delete(found);
    return {
      key: `${reference}>${to}`, from, to, reference, declaredAt, standard: kind === 'standard', standing: found ? 'seen' : 'unseen',
      line: kind === 'backing' ? lines[backings.get(to) ?? ''] ?? 'work' : 'request', ...(found && { observed: found }),
    };
  });
  const others = [...left].map((one): SeenEdge => ({
    key: `${one.caller}.?>${one.callee}${one.reference === null ? '' : `:${one.reference}`}`, from: one.caller, to: one.callee, reference: one.reference, line: calls[one.kind], standard: false, observed: one,
    standing: isGiven(one.reference ?? '', one.caller) ? 'given' : 'undeclared',
  }));
  return [...declared, ...others];
}

function referenceOf({ caller, callee, reference }: ObservedEdge): string | null {
  return reference ?? (caller === pages.caller && callee === pages.callee ? pages.reference : null);
}
