/** `node dying-consumer.ts <url> <consumer> <type>`: takes one message and dies of it, as by a crash. */
import { openQueue } from '../adapters/queue.ts';
import { connectionTo } from './connection.ts';
import { testContract } from './contract.ts';
import { testKit } from './kit.ts';

const [url = '', consumer = '', type = ''] = process.argv.slice(2);
const queue = openQueue(testKit(testContract), connectionTo('queue', url), { handlerMs: 1000 });
await queue.consume(consumer, async () => { process.kill(process.pid, 'SIGKILL'); }, { types: [type] });
