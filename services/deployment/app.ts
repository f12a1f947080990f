import { startRelay, type Relay } from '../kit/adapters/outbox.ts';
import { openDatabase } from '../kit/adapters/postgres.ts';
import { openQueue } from '../kit/adapters/queue.ts';
import type { App, Kit } from '../kit/kit.ts';
import { readFreeze } from './adapters/freeze-rule.ts';
import { synthFolder } from './adapters/synth-folder.ts';
import type { deployment } from './contract.ts';
import { create } from './routes/create.ts';
import { declared } from './routes/declared.ts';
import { list } from './routes/list.ts';
import { read } from './routes/read.ts';

/** All that deployment does. */
export async function app(kit: Kit<typeof deployment>): Promise<App<typeof deployment>> {
  const database = openDatabase(kit, kit.env.DATABASE);
  const events = openQueue(kit, kit.env.EVENTS);
  const synth = synthFolder(kit.env.SYNTH_FOLDER);
  let relay: Relay | undefined;
  return {
    handlers: {
      create: create({
        database, synth, log: kit.log,
        readFreeze: (environment, asking) => readFreeze(kit.call, kit.env.CONFIGURATION_URL, environment, asking),
        committed: () => relay?.wake(),
      }),
      list: list(database),
      read: read(database),
      declared: declared(synth),
    },
    // The queue is not asked: while it is away requests are still taken, and the outbox keeps their events.
    ready: { DATABASE: () => database.ready() },
    async start() {
      relay = startRelay(kit, database, events);
    },
    async stop() {
      await relay?.stop();
      await events.close();
      await database.close();
    },
  };
}
