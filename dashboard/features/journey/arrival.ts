import type { Journey } from '../../api/monitoring.ts';
import { factOf } from './hop-fact.ts';

/** `travelling`: more hops are to come. `arrived`: the story is whole. `lost`: nothing new came for too long. */
export type Arrival = 'travelling' | 'arrived' | 'lost';
/** Spans are exported at least once a second; two of those without news and the last one is there. */
const settledAfterMs = 2_500;
const lostAfterMs = 60_000;

/**
 * Is there still something to wait for? An answer 202 promises work after the answer (RFC 9110 §15.3.3), and in this
 * platform that work ends with a mail; everything else ends when its tree is connected, or too large to say, and nothing new comes.
 * @param quietMs how long ago the last new hop was seen
 */
export function arrivalOf(journey: Journey | undefined, quietMs: number): Arrival {
  if (journey && journey.connected !== false && journey.hops.length > 0 && journey.open.length === 0) {
    const facts = journey.hops.map((hop) => factOf(hop));
    const promised = facts.some((fact) => fact.kind === 'message' || (fact.kind === 'request' && fact.status === 202));
    const delivered = facts.some((fact) => fact.kind === 'mail');
    const failed = journey.hops.some((hop) => hop.kind === 'consumer' && hop.status === 'error');
    if ((!promised || delivered || failed) && quietMs >= settledAfterMs) return 'arrived';
  }
  return quietMs >= lostAfterMs ? 'lost' : 'travelling';
}
