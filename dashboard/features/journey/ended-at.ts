import type { Hop } from '../../api/monitoring.ts';

/** Where a failed journey ended: the service that the deepest failed hop names; undefined when the first hop is well. */
export function endedAt(hops: readonly Hop[]): string | undefined {
  const failed = hops.filter(({ status }) => status === 'error');
  if (!failed.some(({ parentId, kind }) => parentId === null || kind === 'consumer')) return undefined;
  const parents = new Set(failed.map(({ parentId }) => parentId));
  const last = failed.findLast(({ spanId }) => !parents.has(spanId));
  if (!last) return undefined;
  const called = last.attributes['peer.service'] ?? last.attributes['journey.to'];
  return last.kind === 'client' && typeof called === 'string' ? called : last.service;
}
