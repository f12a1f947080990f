import pg from 'pg';
import type { Connection } from '../contract.ts';
import type { Kit } from '../kit.ts';
import { openPauses } from './pauses.ts';
import { poolConfigOf } from './postgres-url.ts';
import { quietly } from './quiet.ts';

export interface Listener { close(): Promise<void> }

/**
 * LISTEN on a connection of its own (it must not pass through a pooler in transaction mode). A notification is a hint and may be
 * lost while the connection is away, so `heard` is also called after each time it came back; whoever listens polls slowly as well.
 */
export function listen(kit: Kit, connection: Connection, channel: string, heard: (payload: string | undefined) => void): Listener {
  const pauses = openPauses();
  /** Only while it listens: ending a client that still connects would wait for ever, so that one is left to the loop. */
  let live: pg.Client | undefined;
  const running = quietly(async () => {
    for (let failures = 0; !pauses.ended; failures++) {
      const current = new pg.Client({ ...poolConfigOf(connection), keepAlive: true, connectionTimeoutMillis: 2000, application_name: `${kit.contract.name} listener` });
      const ended = new Promise<void>((resolve) => { current.once('end', resolve); current.on('error', () => resolve()); });
      current.on('notification', ({ payload }) => heard(payload));
      try {
        await current.connect();
        await current.query(`listen ${pg.escapeIdentifier(channel)}`);
        failures = 0;
        live = current;
        if (!pauses.ended) heard(undefined);
        if (!pauses.ended) await ended;
      } catch (error) {
        if (failures === 0) kit.log.warn('notifications of the database are away; polling meanwhile', { reference: connection.reference, error: String(error) });
      }
      live = undefined;
      await current.end().catch(() => undefined);
      await pauses.rest(Math.min(5000, 100 * 2 ** Math.min(failures, 6)));
    }
  });
  return {
    async close() {
      pauses.end();
      await live?.end().catch(() => undefined);
      await running;
    },
  };
}
