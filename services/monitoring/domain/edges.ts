import { joined } from './histogram.ts';
import { quantileOf } from './quantile.ts';
import { familiesOf, onceEach, outcomeOf, type Measured } from './red.ts';

export type EdgeKind = 'call' | 'database' | 'cache' | 'publish' | 'consume' | 'backing';
/** Who was seen to use what. */
export interface ObservedEdge {
  readonly caller: string;
  /** A workload, or the reference of a backing: `auth.DATABASE`. */
  readonly callee: string;
  readonly kind: EdgeKind;
  /** Null: it went around the kit, so no reference stands for it. */
  readonly reference: string | null;
  readonly requests: number;
  readonly errors: number;
  /** In seconds; null where only the callee saw it. */
  readonly p99: number | null;
  /** Unix time in milliseconds of the last window in which it was seen. */
  readonly lastSeen: number;
  /** Who says so. */
  readonly seenBy: 'caller' | 'callee' | 'both';
}

const CALLERS = 'http_server_callers_total';
const KINDS: Readonly<Record<string, EdgeKind>> = {
  db_client_operation_duration_seconds: 'database', backing_operation_duration_seconds: 'backing', messaging_process_duration_seconds: 'consume',
  messaging_client_operation_duration_seconds: 'publish', cache_operation_duration_seconds: 'cache', http_client_request_duration_seconds: 'call',
};
export const edgeFamilies: readonly string[] = [CALLERS, ...familiesOf.edge];

interface Found { readonly caller: string; readonly callee: string; readonly kind: EdgeKind; readonly reference: string | null; readonly points: Measured[]; errors: number; lastSeen: number; told: number; byCallee: number }

/** Joins what callers measured with what callees counted. */
export function edgesOf(measured: readonly Measured[]): readonly ObservedEdge[] {
  const found = new Map<string, Found>();
  const named = namesOf(measured);
  const seen = measured.filter(({ point }) => point.count > 0);
  const byCaller = onceEach(seen.filter(({ series }) => series.name !== CALLERS));
  for (const one of [...byCaller, ...seen.filter(({ series }) => series.name === CALLERS)]) {
    const { series, point, at } = one;
    const edge = edgeOf(one, named);
    // A workload that reaches itself is no edge.
    if (edge.caller === edge.callee) continue;
    const key = `${edge.caller} ${edge.callee} ${edge.reference ?? ''}`;
    const known = found.get(key) ?? edge;
    found.set(key, known);
    known.lastSeen = Math.max(known.lastSeen, at * 1000);
    if (series.name === CALLERS) known.byCallee += point.count;
    else {
      known.points.push(one);
      known.told += point.count;
      if (outcomeOf(series) === 'error') known.errors += point.count;
    }
  }
  return [...found.values()].map(({ caller, callee, kind, reference, points, errors, lastSeen, told, byCallee }): ObservedEdge => ({
    caller, callee, kind, reference, lastSeen, errors,
    requests: told > 0 ? told : byCallee,
    p99: p99Of(points),
    seenBy: told > 0 ? (byCallee > 0 ? 'both' : 'caller') : 'callee',
  })).toSorted((a, b) => (`${a.caller} ${a.callee} ${a.reference}` < `${b.caller} ${b.callee} ${b.reference}` ? -1 : 1));
}

function p99Of(points: readonly Measured[]): number | null {
  const all = joined(points);
  return all ? quantileOf(0.99, all.bounds, all.point.buckets) : null;
}

/** A role (`keys`) is called by its name; which workload plays it the callee knows: reference → callee, where there is one. */
function namesOf(measured: readonly Measured[]): ReadonlyMap<string, string> {
  return new Map(measured.flatMap(({ series: { name, service, labels } }) => {
    const reference = labels['journey_reference'] ?? '';
    return name === CALLERS && reference !== '' ? [[reference, service] as const] : [];
  }));
}

function edgeOf({ series: { service, name, labels } }: Measured, named: ReadonlyMap<string, string>): Found {
  const reference = labels['journey_reference'] ?? '';
  const nothing = { points: [], errors: 0, lastSeen: 0, told: 0, byCallee: 0 };
  if (name === CALLERS) return { caller: labels['caller'] ?? 'unknown', callee: service, kind: 'call', reference: reference === '' ? null : reference, ...nothing };
  return { caller: service, callee: named.get(reference) ?? labels['server_address'] ?? reference, kind: KINDS[name] ?? 'backing', reference, ...nothing };
}
