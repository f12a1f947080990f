import type { Connection } from '../contract.ts';
import type { Kit } from '../kit.ts';
import { openPgBoss } from './queue-pgboss.ts';
import type { Queue, QueueTimes } from './queue-port.ts';
import { openRabbit } from './queue-rabbitmq.ts';

export type { ConsumeOptions, DeadLetter, Delivery, Handler, Queue, QueueTimes } from './queue-port.ts';

/** The adapter is chosen by the URL's scheme. @throws {Error} for a scheme that none of them speaks */
export function openQueue(kit: Kit, connection: Connection<'queue'>, times: QueueTimes = {}): Queue {
  const { protocol } = new URL(connection.url.reveal());
  switch (protocol) {
    case 'postgres:': case 'postgresql:': return openPgBoss(kit, connection, times);
    case 'amqp:': case 'amqps:': return openRabbit(kit, connection, times);
    default: throw new Error(`${connection.reference}: no queue speaks "${protocol}". Use postgres:, amqp: or amqps:.`);
  }
}
