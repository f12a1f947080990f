import type { ChannelModel, ConfirmChannel } from 'amqplib';
import type { Connection } from '../contract.ts';
import type { Kit } from '../kit.ts';
import { messageOf } from './error.ts';
import { openPauses } from './pauses.ts';
import { within } from './queue-span.ts';
import { quietly } from './quiet.ts';

export interface Broker {
  /** The connection of now. @throws when there is none within `ms` */
  session(ms: number): Promise<Session>;
  /** Runs now and after every new connection. When it fails the connection is closed and everything starts again. */
  always(setUp: (connection: ChannelModel) => Promise<void>): void;
  close(): Promise<void>;
}

export interface Session {
  readonly connection: ChannelModel;
  /** To publish on. */
  readonly channel: ConfirmChannel;
  /** Correlation ids of what came back because no queue took it; the broker sends them before the confirm. */
  readonly returned: Set<string>;
}

/**
 * One connection that comes back by itself: one loop opens, waits for the end, rests, opens again, so there is never a second one.
 * Opened at the first use.
 */
export function openBroker(kit: Kit, target: Connection<'queue'>, { reconnectMs, exchange }: { readonly reconnectMs: number; readonly exchange: string }): Broker {
  const { reference } = target;
  const setUps: ((connection: ChannelModel) => Promise<void>)[] = [];
  const waiting = new Set<(session: Session) => void>();
  let session: Session | undefined;
  const pauses = openPauses();
  let running: Promise<void> | undefined;

  async function loop(): Promise<void> {
    for (let failures = 0; !pauses.ended; failures++) {
      let connection: ChannelModel | undefined;
      try {
        const opened = await open(kit, target);
        connection = opened;
        const lost = new Promise<string>((resolve) => { opened.once('close', (error?: Error) => resolve(error?.message ?? 'closed')); });
        opened.on('error', (error: Error) => kit.log.debug('the connection to the broker broke', { reference, error: error.message }));
        const returned = new Set<string>();
        const channel = await within(SET_UP_MS, async () => {
          const forPublishing = await confirmChannel(opened, exchange, returned);
          for (const setUp of setUps) await setUp(opened);
          return forPublishing;
        });
        session = { connection: opened, channel, returned };
        if (failures > 0) kit.log.info('the broker is back', { reference, failures });
        failures = 0;
        for (const resolve of waiting) resolve(session);
        waiting.clear();
        const why = await lost;
        if (!pauses.ended) kit.log.warn('the connection to the broker is lost; opening it again', { reference, error: why });
      } catch (error) {
        if (failures === 0) kit.log.warn('the broker cannot be reached; trying again', { reference, error: messageOf(error) });
      }
      session = undefined;
      if (connection) await end(connection);
      await pauses.rest(Math.min(5000, reconnectMs * 2 ** Math.min(failures, 10)) * (0.5 + Math.random() / 2));
    }
  }
  const run = () => { running ??= quietly(loop); };

  return {
    async session(ms) {
      if (pauses.ended) throw new Error('the queue is closed');
      run();
      if (session) return session;
      let take: ((session: Session) => void) | undefined;
      const coming = new Promise<Session>((resolve) => { take = resolve; waiting.add(resolve); });
      try {
        return await within(ms, () => coming);
      } finally {
        if (take) waiting.delete(take);
      }
    },
    always(setUp) {
      setUps.push(setUp);
      run();
      if (session) {
        const { connection } = session;
        setUp(connection).catch((error: unknown) => {
          kit.log.warn('the consumer could not be set up; opening the connection again', { reference, error: messageOf(error) });
          void connection.close().catch(() => undefined);
        });
      }
    },
    async close() {
      pauses.end();
      if (session) await end(session.connection);
      await running;
    },
  };
}

/** A broker that has just come back may answer a declaration late, or (RabbitMQ 3.10) never; then a new connection is tried. */
const SET_UP_MS = 15_000;

/** A connection that does not answer a goodbye within a second is cut, so that none is left behind. */
async function end(connection: ChannelModel): Promise<void> {
  await within(1000, () => connection.close()).catch(() => undefined);
  (connection.connection as { readonly stream?: { destroy(): void } }).stream?.destroy();
}

/** Heartbeats every 10 s find a connection that died without a word (RabbitMQ: "Detecting Dead TCP Connections"). */
async function open(kit: Kit, target: Connection<'queue'>): Promise<ChannelModel> {
  const { connect } = await import('amqplib');
  const url = new URL(target.url.reveal());
  if (!url.searchParams.has('heartbeat')) url.searchParams.set('heartbeat', '10');
  return connect(url.href, { timeout: 3000, noDelay: true, clientProperties: { connection_name: `${kit.contract.name} ${target.reference}` } });
}

async function confirmChannel(connection: ChannelModel, exchange: string, returned: Set<string>): Promise<ConfirmChannel> {
  const channel = await connection.createConfirmChannel();
  // A channel that the broker closed cannot be used again: start over with a new connection.
  channel.on('error', () => undefined);
  channel.once('close', () => { void connection.close().catch(() => undefined); });
  channel.on('return', (message) => returned.add(String(message.properties.correlationId)));
  await channel.assertExchange(exchange, 'topic', { durable: true });
  return channel;
}
