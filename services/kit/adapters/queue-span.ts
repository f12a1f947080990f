import type { Kit } from '../kit.ts';
import { problem, Problem } from '../problem.ts';
import { measured } from '../measured.ts';
import { span, traceparent } from '../telemetry.ts';
import type { Event } from './event.ts';
import { parseEvent } from './event.ts';
import { isError, messageOf, serviceOf } from './error.ts';
import type { Delivery, Handler } from './queue-port.ts';
import { apart } from './quiet.ts';

interface Through { readonly reference: string; readonly system: 'pgboss' | 'rabbitmq' }

/**
 * One publish as one `producer` span. It continues the span that wrote the event; the message carries the traceparent of this
 * span, so that the consumer's span hangs below it and the journey stays one tree.
 */
export function published(through: Through, event: Event, send: (carried: string | undefined) => Promise<void>): Promise<void> {
  const attributes = { ...attributesOf(through, event), 'messaging.operation.type': 'send' };
  return span(`publish ${event.type}`, { kind: 'producer', attributes, ...(event.traceparent ? { parent: event.traceparent } : {}) }, () => measured('messaging_client_operation_duration_seconds', (failed) => (
    { journey_reference: through.reference, messaging_destination_name: event.type, error_type: failed }
  ), async () => {
    try {
      await send(traceparent());
    } catch (error) {
      throw awayProblem(through.reference, error);
    }
  }));
}

/**
 * One try of one message as one `consumer` span below the span that published it, and linked to it (OpenTelemetry's messaging
 * conventions): tools that show messages by their links find it too. Rejects when the try failed.
 */
export function consumed(
  kit: Kit, through: Through, consumer: string,
  message: { readonly body: unknown; readonly traceparent: string | undefined; readonly delivery: Delivery }, handler: Handler, handlerMs: number,
): Promise<void> {
  return apart(kit, async () => {
    const event = parseEvent(message.body);
    const attributes = {
      ...attributesOf(through, event), 'messaging.operation.type': 'process',
      'messaging.consumer.group.name': consumer, 'messaging.delivery.count': message.delivery.count,
    };
    const parent = message.traceparent ?? event.traceparent;
    // Without a carried one, nothing says which span published it: `parent` is then the span that wrote the event.
    const links = message.traceparent ? [message.traceparent] : [];
    await span(`process ${event.type}`, { kind: 'consumer', attributes, links, ...(parent ? { parent } : {}) }, () =>
      measured('messaging_process_duration_seconds', (failed) => ({
        journey_reference: through.reference, messaging_destination_name: event.type,
        messaging_redelivery: message.delivery.count > 1 ? 'yes' : 'no', error_type: failed,
      }), () => within(handlerMs, () => handler(event, message.delivery)).then(() => loseAnswer(kit, message.delivery))));
  });
}

/** The fault `redelivery`: handled, and yet it comes again. Only once, or it would end among the dead letters. */
function loseAnswer({ faults }: Kit, { count }: Delivery): void {
  if (count === 1 && faults.hits('redelivery')) throw problem('fault_injected', 'The fault `redelivery` is on for this workload: the message comes again.');
}

export function awayProblem(reference: string, error: unknown): Problem {
  if (error instanceof Problem) return error;
  return problem('unavailable', `The queue ${reference} did not take the message: ${messageOf(error)}`, { cause: error, at: serviceOf(reference) });
}

/** For readiness: a service that has not asked for its events yet is not ready. @throws {Problem} `unavailable` */
export function mustBeEmpty(reference: string, unsubscribed: ReadonlySet<string>): void {
  if (unsubscribed.size > 0) throw problem('unavailable', `${[...unsubscribed].join(', ')} has not subscribed to ${reference} yet.`, { at: serviceOf(reference) });
}

/** What is kept as the cause of a dead letter: the message and those below it, without stacks. */
export function causeOf(error: unknown): string {
  const said = [messageOf(error)];
  for (let inner = error; isError(inner) && inner.cause !== undefined && said.length < 4; inner = inner.cause) said.push(messageOf(inner.cause));
  return said.join(' ← ').slice(0, 2000);
}

/** @throws {Error} when `work` takes longer */
export async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms); });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function attributesOf({ reference, system }: Through, event: Event): Record<string, string> {
  return {
    'messaging.system': system, 'messaging.destination.name': event.type, 'messaging.message.id': event.id, 'journey.reference': reference,
    // Either queue routes by the event's type. A further try keeps the key of the first, so that both ends of a message agree.
    'messaging.rabbitmq.destination.routing_key': event.type,
  };
}
