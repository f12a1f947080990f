import { deploymentEnded } from '../../../services/deployment/contract.ts';
import { journeyOf, type Hop, type Journey } from './answer.ts';
import { ask, refused, type Caller } from './gateway.ts';

const EVERY_MS = 100;

/**
 * Reads a journey until it is whole, or until the time is over; returns what is known then.
 * Telemetry arrives after the answer, in batches, so the reader asks again.
 * @param whole what the caller waits for, besides one connected tree, or one too large to be told whole
 */
export async function follow(caller: Caller, traceId: string, whole: (journey: Journey) => boolean, patienceMs: number): Promise<Journey | undefined> {
  const until = performance.now() + patienceMs;
  let known: Journey | undefined;
  for (;;) {
    const answer = await ask(caller, 'GET', `/v1/journeys/${traceId}`);
    if (answer.status === 200) known = journeyOf(answer.body);
    else if (answer.status !== 404) throw refused(answer, `The journey ${traceId} cannot be read.`);
    if ((known && known.connected !== false && whole(known)) || performance.now() > until) return known;
    await new Promise<void>((resolve) => { setTimeout(resolve, EVERY_MS); });
    caller.signal.throwIfAborted();
  }
}

/** Has the last hop of the golden journey arrived: the mail that says how it ended? */
export function hasMail({ hops }: Journey): boolean {
  const known = new Map(hops.map((hop) => [hop.spanId, hop]));
  return hops.some((hop) => {
    if (typeof hop.attributes['mail.message_id'] !== 'string') return false;
    let at: Hop | undefined = hop;
    // A hop that claims to be its own ancestor must not go round for ever.
    for (let steps = 0; at !== undefined && steps < hops.length; steps += 1) {
      if (at.attributes['messaging.destination.name'] === deploymentEnded) return true;
      at = known.get(at.parentId ?? '');
    }
    return false;
  });
}
