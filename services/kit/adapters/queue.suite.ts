import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once as emitted } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { connectionTo } from '../test/connection.ts';
import { testContract } from '../test/contract.ts';
import { testKit, type TestKit } from '../test/kit.ts';
import { until } from '../test/until.ts';
import { newEvent, type Event } from './event.ts';
import { openQueue, type Delivery, type Queue, type QueueTimes } from './queue.ts';

/** A real server for the suite, and what the suite must be able to see of it. */
export interface QueueServer {
  readonly url: string;
  readonly system: string;
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** Puts something that is no event into a consumer's queue. */
  poison(consumer: string): Promise<void>;
  /** How many connections the client holds there now. */
  connections(): Promise<number>;
}

/** Seconds that the server stays away in the recovery test; the drill sets 60. */
const AWAY_MS = Number(process.env['JOURNEY_AWAY_SECONDS'] ?? 5) * 1000;

/** What every queue promises, whatever it is made of. */
export function queueSuite(start: () => Promise<QueueServer>): void {
  let server: QueueServer;
  beforeAll(async () => { server = await start(); }, 130_000);
  afterAll(() => server.stop());

  const opened: { queue: Queue; kit: TestKit<typeof testContract> }[] = [];
  function open(times: QueueTimes = {}): { queue: Queue; kit: TestKit<typeof testContract> } {
    const kit = testKit(testContract);
    const one = { kit, queue: openQueue(kit, connectionTo('queue', server.url, 'test.EVENTS'), { retrySeconds: 0, ...times }) };
    opened.push(one);
    return one;
  }
  afterEach(async () => {
    for (const { queue, kit } of opened.splice(0)) {
      await queue.close();
      await kit.close();
    }
  }, 15_000);
  const named = () => { const id = randomUUID().slice(0, 8).replace(/^\d/, 'a'); return { consumer: `consumer-${id}`, type: `test.thing.happened.${id}` }; };
  const eventOf = (type: string, data: unknown = { n: 1 }) => newEvent({ source: 'test', type, data });
  /** A consumer that keeps what it got; resolves when its queue exists. */
  async function consuming(queue: Queue, consumer: string, type: string, handler: (event: Event, delivery: Delivery) => Promise<void> = () => Promise.resolve(), concurrency = 4) {
    const got: { event: Event; delivery: Delivery }[] = [];
    await queue.consume(consumer, async (event, delivery) => { got.push({ event, delivery }); await handler(event, delivery); }, { types: [type], concurrency });
    await until('the consumer has subscribed', () => queue.ready().then(() => true, () => false), 30_000);
    return got;
  }
  const retry = (queue: Queue, event: Event) => until('the event is published', () => queue.publish(event).then(() => true, () => false), 30_000);

  describe('an event', () => {
    test('reaches every consumer that asked for its type, and no other', async () => {
      const { queue } = open();
      const [one, two, other] = [named(), named(), named()];
      const got = [await consuming(queue, one.consumer, one.type), await consuming(queue, two.consumer, one.type), await consuming(queue, other.consumer, other.type)];
      const event = eventOf(one.type, { text: 'ü€\u2028"', deep: [{ a: null }] });
      await retry(queue, event);
      await retry(queue, event);
      await until('both got both', () => got[0]?.length === 2 && got[1]?.length === 2);
      expect(got[0]?.[0]?.event).toEqual(event);
      expect(got[0]?.[0]?.delivery).toEqual({ id: expect.any(String), count: 1 });
      expect(got[2]).toEqual([]);
    }, 60_000);

    test('that nobody has ever asked for is refused, so that the outbox keeps it', async () => {
      const { queue } = open();
      await expect(queue.publish(eventOf('test.nobody.listens'))).rejects.toMatchObject({ code: 'unavailable', detail: expect.stringContaining('nobody has asked') });
    }, 30_000);

    test('waits for a consumer that is away', async () => {
      const [{ queue: before }, { consumer, type }] = [open(), named()];
      await consuming(before, consumer, type);
      await retry(before, eventOf(type, 'first'));
      await before.close();
      const { queue: sender } = open();
      await retry(sender, eventOf(type, 'second'));
      const got = await consuming(open().queue, consumer, type);
      await until('it came', () => got.some(({ event }) => event.data === 'second'));
    }, 60_000);

    test('arrives without waiting for a poll', async () => {
      const [{ queue }, { consumer, type }] = [open(), named()];
      const got = await consuming(queue, consumer, type);
      await retry(queue, eventOf(type));
      await until('the first came', () => got.length === 1);
      const started = performance.now();
      for (let n = 2; n <= 6; n++) {
        await queue.publish(eventOf(type));
        await until('the next came', () => got.length === n);
      }
      expect(performance.now() - started).toBeLessThan(2000);
    }, 60_000);
  });

  test('publish and handling are one tree below the span that wrote the event', async () => {
    const [{ queue, kit }, { consumer, type }] = [open(), named()];
    const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const got = await consuming(queue, consumer, type);
    const event = { ...eventOf(type), traceparent: parent };
    await retry(queue, event);
    await until('it came', () => got.length > 0);
    const spans = await until('both spans ended', async () => {
      const found = (await kit.spans()).filter((span) => span.attributes['messaging.message.id'] === event.id && span.status.code === 0);
      return found.length === 2 ? found : undefined;
    });
    const [publish, process] = [spans.find(({ name }) => name === `publish ${type}`), spans.find(({ name }) => name === `process ${type}`)];
    expect(publish?.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(publish?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
    expect(process?.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(process?.parentSpanContext?.spanId).toBe(publish?.spanContext().spanId);
    expect(process?.links.map(({ context }) => [context.traceId, context.spanId])).toEqual([[publish?.spanContext().traceId, publish?.spanContext().spanId]]);
    expect(publish?.links).toEqual([]);
    for (const one of [publish, process]) expect(one?.attributes['messaging.rabbitmq.destination.routing_key']).toBe(type);
    expect(publish?.attributes).toMatchObject({ 'messaging.system': server.system, 'messaging.destination.name': type, 'journey.reference': 'test.EVENTS' });
    expect(process?.attributes).toMatchObject({ 'messaging.delivery.count': 1, 'messaging.consumer.group.name': consumer, 'journey.reference': 'test.EVENTS' });
    // Polling and housekeeping belong to no journey.
    expect((await kit.spans()).filter(({ name }) => !/^(publish|process) /.test(name))).toEqual([]);
  }, 60_000);

  describe('a handler', () => {
    test('that fails is tried again, five times in all, and the event goes to the dead letters with the cause', async () => {
      const [{ queue }, { consumer, type }] = [open(), named()];
      const got = await consuming(queue, consumer, type, () => Promise.reject(new Error('the mail server said no', { cause: new Error('550 mailbox full') })));
      const event = eventOf(type);
      await retry(queue, event);
      const letters = await until('it was given up', async () => { const all = await queue.deadLetters(consumer); return all.length > 0 ? all : undefined; }, 20_000);
      expect(letters).toEqual([{ event, cause: 'the mail server said no ← 550 mailbox full', tries: 5 }]);
      expect(got.map(({ delivery }) => delivery.count)).toEqual([1, 2, 3, 4, 5]);
      expect(await queue.deadLetters(consumer)).toHaveLength(1);
    }, 60_000);

    test('that succeeds at last leaves no dead letter', async () => {
      const [{ queue }, { consumer, type }] = [open(), named()];
      const got = await consuming(queue, consumer, type, (_, { count }) => (count < 3 ? Promise.reject(new Error('not yet')) : Promise.resolve()));
      await retry(queue, eventOf(type));
      await until('the third try', () => got.length === 3);
      expect(await queue.deadLetters(consumer)).toEqual([]);
    }, 60_000);

    test('that never ends counts as failed', async () => {
      const [{ queue }, { consumer, type }] = [open({ handlerMs: 200 }), named()];
      const got = await consuming(queue, consumer, type, () => new Promise(() => undefined));
      await retry(queue, eventOf(type));
      await until('it was tried again', () => got.length >= 2, 20_000);
    }, 60_000);

    test('never sees what is no event', async () => {
      const [{ queue }, { consumer, type }] = [open(), named()];
      const got = await consuming(queue, consumer, type);
      await server.poison(consumer);
      const letters = await until('it was given up', async () => { const all = await queue.deadLetters(consumer); return all.length > 0 ? all : undefined; }, 20_000);
      expect(letters).toMatchObject([{ cause: expect.stringContaining('Not a CloudEvent'), tries: 5 }]);
      expect(got).toEqual([]);
    }, 60_000);

    test('runs at most as often at once as was asked for, and is waited for at the end', async () => {
      const [{ queue }, { consumer, type }] = [open(), named()];
      let [now, most, done] = [0, 0, 0];
      let release: (() => void) | undefined;
      const gate = new Promise<void>((resolve) => { release = resolve; });
      await consuming(queue, consumer, type, async () => {
        most = Math.max(most, ++now);
        await gate;
        now--;
        done++;
      }, 2);
      await retry(queue, eventOf(type));
      for (let n = 0; n < 5; n++) await queue.publish(eventOf(type));
      await until('two run', () => now === 2);
      const closing = queue.close();
      release?.();
      await closing;
      expect(most).toBe(2);
      expect(now).toBe(0);
      expect(done).toBeGreaterThanOrEqual(2);
      await expect(queue.publish(eventOf(type))).rejects.toMatchObject({ code: 'unavailable' });
    }, 60_000);
  });

  test('a message whose consumer died of it is given to the next one', async () => {
    const [{ queue: before }, { consumer, type }] = [open({ handlerMs: 1000 }), named()];
    await consuming(before, consumer, type);
    await before.close();
    const child = spawn(process.execPath, [join(import.meta.dirname, '../test/dying-consumer.ts'), server.url, consumer, type], { stdio: 'inherit' });
    const died = emitted(child, 'exit');
    const event = eventOf(type);
    await retry(open().queue, event);
    expect((await died)[1]).toBe('SIGKILL');
    const got = await consuming(open({ handlerMs: 1000 }).queue, consumer, type);
    await until('it came again', () => got.length > 0, 40_000);
    expect(got[0]).toMatchObject({ event, delivery: { count: 2 } });
  }, 90_000);

  test(`a server that was away for ${AWAY_MS / 1000} s is used again, by the connections that were there before`, async () => {
    const [{ queue, kit }, { consumer, type }] = [open({ answerMs: 500 }), named()];
    const got = await consuming(queue, consumer, type);
    await retry(queue, eventOf(type, 'before'));
    await until('the first came', () => got.length === 1);
    const before = await server.connections();
    // RabbitMQ 3.10 may lose a queue that was declared in the last moments before a `kill -9`, and never answers for it again.
    await new Promise((resolve) => { setTimeout(resolve, 2000); });
    await server.kill();
    await until('it is noticed', () => queue.ready().then(() => false, () => true));
    const started = performance.now();
    await expect(queue.publish(eventOf(type, 'lost'))).rejects.toMatchObject({ code: 'unavailable', at: 'test' });
    expect(performance.now() - started).toBeLessThan(4000);
    await new Promise((resolve) => { setTimeout(resolve, AWAY_MS); });
    await server.restart();
    await retry(queue, eventOf(type, 'after'));
    await until('the last came', () => got.some(({ event }) => event.data === 'after'), 30_000);
    expect(got.some(({ event }) => event.data === 'lost')).toBe(false);
    expect(await server.connections()).toBeLessThanOrEqual(before);
    // It says that it is away and that it is back, but not with every attempt.
    expect(kit.lines.filter(({ level }) => level === 'warn').length).toBeLessThan(8);
  }, 2 * AWAY_MS + 120_000);
}
