/**
 * A relay in a process of its own that is killed after the queue has confirmed an event and before the outbox knows:
 * `node dying-relay.ts <database url> <queue url>`.
 */
import { startRelay } from '../../kit/adapters/outbox.ts';
import { openDatabase } from '../../kit/adapters/postgres.ts';
import { openQueue } from '../../kit/adapters/queue.ts';
import { testKit } from '../../kit/test/kit.ts';
import { deployment } from '../contract.ts';

const [database = '', events = ''] = process.argv.slice(2);
const kit = testKit(deployment, { DATABASE: database, EVENTS: events });
const queue = openQueue(kit, kit.env.EVENTS);
startRelay(kit, openDatabase(kit, kit.env.DATABASE), {
  ...queue,
  async publish(event) {
    await queue.publish(event);
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => {});
  },
}).wake();
