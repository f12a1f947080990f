import { journeyOf, type Journey } from './answer.ts';
import { ask, refused, type Caller } from './gateway.ts';

const EVERY_MS = 100;

/**
 * Reads a journey until it is whole, or until the time is over; returns what is known then.
 * Telemetry arrives after the answer, in batches, so the reader asks again.
 * @param whole what the caller waits for, besides one connected tree
 */
export async function follow(caller: Caller, traceId: string, whole: (journey: Journey) => boolean, patienceMs: number): Promise<Journey | undefined> {
  const until = performance.now() + patienceMs;
  let known: Journey | undefined;
  for (;;) {
    const answer = await ask(caller, 'GET', `/v1/journeys/${traceId}`);
    if (answer.status === 200) known = journeyOf(answer.body);
    else if (answer.status !== 404) throw refused(answer, `The journey ${traceId} cannot be read.`);
    if ((known && known.connected && whole(known)) || performance.now() > until) return known;
    await new Promise<void>((resolve) => { setTimeout(resolve, EVERY_MS); });
    caller.signal.throwIfAborted();
  }
}

/** Has the last hop of the golden journey, the mail, arrived? */
export const hasMail = (journey: Journey): boolean => journey.hops.some((h) => typeof h.attributes['mail.message_id'] === 'string');
