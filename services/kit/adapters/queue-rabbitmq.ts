import { randomUUID } from 'node:crypto';
import type { Channel, ChannelModel, ConsumeMessage, Options } from 'amqplib';
import type { Connection } from '../contract.ts';
import type { Kit } from '../kit.ts';
import { messageOf } from './error.ts';
import { awayProblem, causeOf, consumed, mustBeEmpty, published, within } from './queue-span.ts';
import { MAX_TRIES, type ConsumeOptions, type DeadLetter, type Handler, type Queue, type QueueTimes } from './queue-port.ts';
import { openBroker } from './rabbitmq-connection.ts';

const EXCHANGE = 'journey.events';
const TRIES = 'journey-tries';
const CAUSE = 'journey-cause';

/**
 * RabbitMQ: a topic exchange, and per consumer a quorum queue, a queue per rest between tries (a message waits there until its time to live
 * ends and falls back), and a queue of dead letters. Publishing waits for the confirm and refuses what no queue took (`mandatory`).
 */
export function openRabbit(
  kit: Kit, connection: Connection<'queue'>, { retrySeconds = 5, answerMs = 5000, reconnectMs = 100, handlerMs = 25_000 }: QueueTimes,
): Queue {
  const { reference } = connection;
  const through = { reference, system: 'rabbitmq' } as const;
  const broker = openBroker(kit, connection, { reconnectMs, exchange: EXCHANGE });
  const rests = Array.from({ length: MAX_TRIES - 1 }, (_, tries) => retrySeconds * 2 ** tries);
  const running = new Set<Promise<void>>();
  const consumers = new Set<{ readonly channel: Channel; readonly tag: string }>();
  const unsubscribed = new Set<string>();
  let closing = false;

  /** Resolves when the broker has it on disk; rejects when no queue took it. */
  async function confirmed(exchange: string, key: string, content: Buffer, options: Options.Publish): Promise<void> {
    const { channel, returned } = await broker.session(answerMs);
    const correlationId = randomUUID();
    await within(answerMs, () => new Promise<void>((resolve, reject) => {
      channel.publish(exchange, key, content, { ...options, correlationId, persistent: true, mandatory: true }, (error: unknown) =>
        error ? reject(new Error(`refused by the broker: ${messageOf(error)}`)) : resolve());
    }));
    if (returned.delete(correlationId)) throw new Error(exchange === '' ? `there is no queue ${key}` : `nobody has asked for ${key} yet`);
  }

  async function handle(channel: Channel, consumer: string, message: ConsumeMessage, handler: Handler): Promise<void> {
    const headers = message.properties.headers ?? {};
    // Our own count of failed tries, and the broker's count of deliveries that ended with the consumer's connection.
    const tries = numberOf(headers[TRIES]) + numberOf(headers['x-delivery-count']);
    const delivery = { id: String(message.properties.messageId), count: tries + 1 };
    const carried = typeof headers['traceparent'] === 'string' ? headers['traceparent'] : undefined;
    try {
      if (tries >= MAX_TRIES) throw new Error(`${tries} tries ended with the consumer's connection`);
      await consumed(kit, through, consumer, { body: bodyOf(message.content), traceparent: carried, delivery }, handler, handlerMs);
    } catch (error) {
      const cause = causeOf(error);
      kit.log.warn('a message could not be handled', { consumer, message: delivery.id, try: delivery.count, error: cause });
      const next = delivery.count >= MAX_TRIES ? deadOf(consumer) : restOf(consumer, rests[tries] ?? 0);
      const { messageId, contentType, type } = message.properties;
      // The next queue has it before this one forgets it; dying in between delivers it twice.
      await confirmed('', next, message.content, {
        messageId: String(messageId), contentType: String(contentType), type: String(type),
        headers: { ...(carried ? { traceparent: carried } : {}), [TRIES]: delivery.count, [CAUSE]: cause },
      });
    }
    channel.ack(message);
  }

  async function subscribe(on: ChannelModel, consumer: string, handler: Handler, { types, concurrency = 4 }: ConsumeOptions): Promise<void> {
    const channel = await on.createChannel();
    channel.on('error', () => undefined);
    channel.once('close', () => { if (!closing) void on.close().catch(() => undefined); });
    await declare(channel, consumer, types, rests);
    await channel.prefetch(concurrency);
    const { consumerTag } = await channel.consume(consumer, (message) => {
      // The broker cancels a consumer whose queue was deleted: declare it again by a new connection.
      if (message === null) return void on.close().catch(() => undefined);
      const work: Promise<void> = handle(channel, consumer, message, handler).catch((error: unknown) => {
        kit.log.warn('the outcome of a message could not be recorded; it comes again', { consumer, error: messageOf(error) });
        // Without this a message that could not be put aside would stay with us, unacknowledged, until the connection ends.
        try { channel.nack(message, false, true); } catch { /* the channel is gone, and the message back in its queue */ }
      }).finally(() => { running.delete(work); });
      running.add(work);
    }, { noAck: false });
    unsubscribed.delete(consumer);
    const entry = { channel, tag: consumerTag };
    consumers.add(entry);
    channel.once('close', () => consumers.delete(entry));
  }

  return {
    publish: (event) => published(through, event, (traceparent) => confirmed(EXCHANGE, event.type, Buffer.from(JSON.stringify(event)), {
      messageId: event.id, type: event.type, contentType: 'application/cloudevents+json', appId: kit.contract.name,
      headers: traceparent ? { traceparent } : {},
    })),
    async consume(consumer, handler, options) {
      unsubscribed.add(consumer);
      broker.always((on) => subscribe(on, consumer, handler, options));
    },
    async deadLetters(consumer) {
      const { connection: on } = await broker.session(answerMs);
      const channel = await on.createChannel();
      channel.on('error', () => undefined);
      try {
        return await peeked(channel, deadOf(consumer));
      } finally {
        // What was read without an acknowledgement goes back when its channel ends.
        await channel.close().catch(() => undefined);
      }
    },
    async ready() {
      await broker.session(1000).catch((error: unknown) => { throw awayProblem(reference, error); });
      mustBeEmpty(reference, unsubscribed);
    },
    async close() {
      closing = true;
      await Promise.all([...consumers].map(({ channel, tag }) => channel.cancel(tag).catch(() => undefined)));
      await within(10_000, () => Promise.all(running)).catch(() => undefined);
      await broker.close();
    },
  };
}

async function declare(channel: Channel, consumer: string, types: readonly string[], rests: readonly number[]): Promise<void> {
  await channel.assertQueue(consumer, {
    durable: true,
    // After so many returns by a broken connection the broker itself puts it aside, with `x-death` as its reason.
    arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': MAX_TRIES + 1, 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': deadOf(consumer) },
  });
  for (const seconds of new Set(rests)) {
    await channel.assertQueue(restOf(consumer, seconds), {
      durable: true, messageTtl: seconds * 1000, deadLetterExchange: '', deadLetterRoutingKey: consumer,
    });
  }
  for (const type of types) await channel.bindQueue(consumer, EXCHANGE, type);
  // Last, so that who finds it finds all the others.
  await channel.assertQueue(deadOf(consumer), { durable: true });
}

async function peeked(channel: Channel, queue: string): Promise<readonly DeadLetter[]> {
  const letters: DeadLetter[] = [];
  while (letters.length < 100) {
    const message = await channel.get(queue, { noAck: false });
    if (message === false) break;
    const headers = message.properties.headers ?? {};
    letters.push({
      event: bodyOf(message.content),
      cause: typeof headers[CAUSE] === 'string' ? headers[CAUSE] : 'its consumer ended each time',
      tries: numberOf(headers[TRIES]),
    });
  }
  return letters;
}

const deadOf = (consumer: string): string => `${consumer}.dead`;
const restOf = (consumer: string, seconds: number): string => `${consumer}.rest-${seconds}s`;
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

function bodyOf(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
}
