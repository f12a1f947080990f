import type { Hop } from './answer.ts';

/** A hop with its place in the tree; parents come before children, siblings in the order of time. */
export interface Branch { readonly hop: Hop; readonly depth: number; readonly last: boolean; readonly trail: readonly boolean[] }

/** Flattens the hops of one request into the order in which a person reads them. Orphans are roots. */
export function branchesOf(hops: readonly Hop[]): readonly Branch[] {
  const known = new Set(hops.map((h) => h.spanId));
  const children = Map.groupBy(hops, (h) => (h.parentId !== null && known.has(h.parentId) ? h.parentId : null));
  const below = (parent: string | null, trail: readonly boolean[], seen: ReadonlySet<string>): Branch[] => {
    const siblings = (children.get(parent) ?? []).filter((h) => !seen.has(h.spanId)).toSorted((a, b) => a.startedAt - b.startedAt);
    return siblings.flatMap((hop, i) => {
      const last = i === siblings.length - 1;
      return [{ hop, depth: trail.length, last, trail }, ...below(hop.spanId, [...trail, last], new Set([...seen, hop.spanId]))];
    });
  };
  return below(null, [], new Set());
}

/** What a person wants to know of a hop besides its name: the statement, hit or miss, the message, who refused. */
export function detailOf(hop: Hop): string {
  const at = hop.attributes;
  const told = [
    text(at['db.query.text']),
    typeof at['db.response.returned_rows'] === 'number' ? `${at['db.response.returned_rows']} rows` : undefined,
    typeof at['cache.hit'] === 'boolean' ? (at['cache.hit'] ? 'hit' : 'miss') : undefined,
    text(at['cache.key']),
    text(at['messaging.destination.name']),
    prefixed('message ', at['messaging.message.id']),
    prefixed('mail ', at['mail.message_id']),
    prefixed('HTTP ', at['http.response.status_code']),
    hop.status === 'error' ? hop.message ?? 'failed' : undefined,
  ];
  return told.filter((t) => t !== undefined).join(' · ').replace(/\s+/g, ' ');
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const prefixed = (word: string, value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? `${word}${value}` : undefined;
