import type { Journey } from '../../api/monitoring.ts';
import { factOf } from './hop-fact.ts';

/** `travelling`: more hops are to come. `arrived`: the story is whole. `lost`: nothing new came for too long. `absent`: nothing at all is known of it. */
export type Arrival = 'travelling' | 'arrived' | 'lost' | 'absent';
/** Spans are exported at least once a second; two of those without news and the last one is there. */
const settledAfterMs = 2_500;
const lostAfterMs = 60_000;
/** Spans arrive within a second: what nobody reported by then is probably not there. */
const absentAfterMs = 5_000;

/**
 * Is there still something to wait for? An answer 202 promises work after the answer (RFC 9110 §15.3.3), and in this
 * platform that work ends with a mail; everything else ends when its tree is connected, or too large to say, and nothing new comes.
 * @param quietMs how long ago the last new hop was seen
 * @param sent this browser sent it, so that it is there or will be: it is given more time
 */
export function arrivalOf(journey: Journey | undefined, quietMs: number, sent = false): Arrival {
  if (!journey || (journey.hops.length === 0 && journey.open.length === 0)) return quietMs >= (sent ? lostAfterMs : absentAfterMs) ? 'absent' : 'travelling';
  if (journey.connected !== false && journey.hops.length > 0 && journey.open.length === 0) {
    const facts = journey.hops.map((hop) => factOf(hop));
    const promised = facts.some((fact) => fact.kind === 'message' || (fact.kind === 'request' && fact.status === 202));
    const delivered = facts.some((fact) => fact.kind === 'mail');
    const failed = journey.hops.some((hop) => hop.kind === 'consumer' && hop.status === 'error');
    if ((!promised || delivered || failed) && quietMs >= settledAfterMs) return 'arrived';
  }
  return quietMs >= lostAfterMs ? 'lost' : 'travelling';
}
