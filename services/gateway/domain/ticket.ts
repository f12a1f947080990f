import { createHmac, timingSafeEqual } from 'node:crypto';
import { newWatchedTraceId } from '../../kit/watched.ts';

/**
 * A ticket for one request that is watched while it travels: its trace id is known before it is sent. A `traceparent` from outside
 * could name anybody's trace; a ticket names one that the gateway has made up itself, that nobody else was told, for a minute.
 */
export interface Ticket {
  readonly traceId: string;
  /** What the request carries in `journey-ticket`: `<trace id>.<Unix seconds of its end>.<HMAC-SHA-256>`. */
  readonly ticket: string;
  /** RFC 3339. */
  readonly expiresAt: string;
}
const VALID_SECONDS = 60;
/** Used tickets that are remembered; whoever gets beyond it may use one twice, for a trace of their own. */
const MOST_USED = 10_000;

export interface Tickets {
  issue(): Ticket;
  /** The trace id of a ticket that is ours, still valid, and used for the first time at this replica; else undefined. */
  use(ticket: string | undefined): string | undefined;
}

export function openTickets(key: string, now: () => number = Date.now): Tickets {
  const used = new Set<string>();
  // Not the key of cookies itself: a seal of one kind must never open the other.
  const own = createHmac('sha256', key).update('journey-ticket').digest();
  const mac = (text: string) => createHmac('sha256', own).update(text).digest();
  return {
    issue() {
      const traceId = newWatchedTraceId();
      const end = Math.floor(now() / 1000) + VALID_SECONDS;
      const text = `${traceId}.${end}`;
      return { traceId, ticket: `${text}.${mac(text).toString('base64url')}`, expiresAt: new Date(end * 1000).toISOString() };
    },
    use(ticket) {
      const [, traceId, end, seal] = /^([0-9a-f]{32})\.(\d{1,12})\.([A-Za-z0-9_-]{43})$/.exec(ticket ?? '') ?? [];
      if (traceId === undefined || end === undefined || seal === undefined) return undefined;
      if (!timingSafeEqual(Buffer.from(seal, 'base64url'), mac(`${traceId}.${end}`))) return undefined;
      if (Number(end) * 1000 < now() || used.has(traceId)) return undefined;
      if (used.size >= MOST_USED) used.clear();
      used.add(traceId);
      return traceId;
    },
  };
}
