import type { Kit } from '../kit.ts';
import type { Event } from './event.ts';
import { openPauses } from './pauses.ts';
import type { Database, Sql } from './postgres.ts';
import type { Queue } from './queue.ts';
import { apart, quietly } from './quiet.ts';

/** Adds an event to the caller's transaction: it will be published if, and only if, the transaction commits. */
export async function writeOutbox(sql: Sql, event: Event): Promise<void> {
  await sql.query('insert into outbox (event) values ($1)', [JSON.stringify(event)]);
}

export interface Relay {
  /** Says that something was just committed. Cheap, never throws. */
  wake(): void;
  /** Lets what is on its way end, then stops. */
  stop(): Promise<void>;
}

export interface RelayTimes {
  /** How often it looks by itself, for rows that a replica left behind. @default 2000 */
  readonly pollMs?: number;
  /** Wait after the first refusal; doubles up to a minute. @default 500 */
  readonly retryMs?: number;
}

interface Row { readonly id: string; readonly event: Event; readonly tries: number }

/**
 * Publishes what the outbox holds, at least once and in no promised order. Any number of replicas may run one:
 * a row that one of them works on is locked, and the others skip it. Publishing continues the trace that wrote the event.
 */
export function startRelay(kit: Kit, database: Database, queue: Queue, { pollMs = 2000, retryMs = 500 }: RelayTimes = {}): Relay {
  const pauses = openPauses();
  const running = quietly(async () => {
    while (!pauses.ended) {
      pauses.begin();
      const more = await relayBatch(kit, database, queue, retryMs).catch((error: unknown) => {
        kit.log.warn('the outbox could not be read; it is tried again', { reference: database.reference, error: String(error) });
        return false;
      });
      if (!more) await pauses.rest(pollMs);
    }
  });
  return {
    wake: () => pauses.wake(),
    async stop() {
      pauses.end();
      await running;
    },
  };
}

const BATCH = 20;

/** One transaction: lock, publish side by side, remove what was confirmed, put off what was not. Answers whether more may wait. */
async function relayBatch(kit: Kit, database: Database, queue: Queue, retryMs: number): Promise<boolean> {
  return database.transaction(async (sql) => {
    const rows = await sql.query<Row>(
      'select id, event, tries from outbox where next_try <= now() order by id limit $1 for update skip locked', [BATCH],
    );
    if (rows.length === 0) return false;
    const outcomes = await Promise.allSettled(rows.map((row) => apart(kit, () => queue.publish(row.event))));
    const done: string[] = [];
    for (const [index, row] of rows.entries()) {
      const outcome = outcomes[index];
      if (outcome?.status === 'fulfilled') {
        done.push(row.id);
        continue;
      }
      const why = String(outcome?.reason);
      kit.log.warn('an event could not be published; it is kept and tried again', { event: row.event.id, type: row.event.type, tries: row.tries + 1, error: why });
      const waitMs = Math.min(60_000, retryMs * 2 ** Math.min(row.tries, 16));
      await sql.query(
        `update outbox set tries = tries + 1, problem = $2, next_try = now() + $3 * interval '1 millisecond' where id = $1`,
        [row.id, why.slice(0, 500), waitMs],
      );
    }
    if (done.length > 0) await sql.query('delete from outbox where id = any($1::bigint[])', [done]);
    return rows.length === BATCH;
  });
}
