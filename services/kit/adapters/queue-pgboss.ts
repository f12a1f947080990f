import type { PgBoss } from 'pg-boss';
import type { Connection } from '../contract.ts';
import type { Kit } from '../kit.ts';
import { listen, type Listener } from './listen.ts';
import { isAway } from './postgres-error.ts';
import { openPostgres, type Sql } from './postgres.ts';
import { schemaOf } from './postgres-url.ts';
import { causeOf, consumed, mustBeEmpty, published } from './queue-span.ts';
import { MAX_TRIES, type ConsumeOptions, type Handler, type Queue, type QueueTimes } from './queue-port.ts';
import { quietly } from './quiet.ts';
import { startSlots, type Slots } from './slots.ts';

/** What lies in a job: the event as it was written, and the headers that a broker would carry beside it. */
interface Envelope { readonly event: unknown; readonly traceparent?: string }

/** pg-boss: the queue of a laptop, in the same PostgreSQL. Woken by LISTEN/NOTIFY; polls once a second for what rests between tries. */
export function openPgBoss(kit: Kit, connection: Connection<'queue'>, { retrySeconds = 5, handlerMs = 25_000 }: QueueTimes): Queue {
  const { reference } = connection;
  const through = { reference, system: 'pgboss' } as const;
  const schema = schemaOf(connection) ?? 'pgboss';
  const channel = `${schema}_queue`;
  const database = openPostgres(kit, connection, { connections: 4 });
  const listeners: Listener[] = [];
  const loops: Slots[] = [];
  const unsubscribed = new Set<string>();

  let starting: Promise<PgBoss> | undefined;
  function started(): Promise<PgBoss> {
    starting ??= quietly(() => startBoss(kit, schema, executor(database))).catch((error: unknown) => {
      starting = undefined;
      throw error;
    });
    return starting;
  }

  async function subscribe(boss: PgBoss, consumer: string, types: readonly string[]): Promise<void> {
    const keep = { deleteAfterSeconds: 3600 };
    await boss.createQueue(deadOf(consumer), { retentionSeconds: 30 * 86_400 });
    // A job whose consumer died is given to another one after `expireInSeconds`.
    const options = { ...keep, retryLimit: MAX_TRIES - 1, retryDelay: retrySeconds, retryBackoff: retrySeconds > 0, expireInSeconds: Math.ceil(handlerMs / 1000) + 5 };
    await boss.createQueue(consumer, { ...options, deadLetter: deadOf(consumer) });
    await boss.updateQueue(consumer, options);
    for (const type of types) await boss.subscribe(type, consumer);
  }

  async function handle(boss: PgBoss, consumer: string, job: { id: string; retryCount: number; data: Envelope | null }, handler: Handler): Promise<void> {
    const delivery = { id: job.id, count: job.retryCount + 1 };
    try {
      await consumed(kit, through, consumer, { body: job.data?.event, traceparent: job.data?.traceparent, delivery }, handler, handlerMs);
    } catch (error) {
      kit.log.warn('a message could not be handled', { consumer, message: job.id, try: delivery.count, error: causeOf(error) });
      await quietly(() => boss.fail(consumer, job, { cause: causeOf(error) }));
      return;
    }
    await quietly(() => boss.complete(consumer, job));
  }

  return {
    publish: (event) => published(through, event, (carried) => quietly(async () => {
      const boss = await started();
      await database.transaction(async (sql) => {
        const consumers = await sql.query<{ name: string }>(`select name from "${schema}".subscription where event = $1`, [event.type]);
        if (consumers.length === 0) throw new Error(`nobody has asked for ${event.type} yet`);
        const envelope: Envelope = { event, ...(carried ? { traceparent: carried } : {}) };
        for (const { name } of consumers) await boss.send(name, envelope, { db: executor(sql) });
        await sql.query('select pg_notify($1, $2)', [channel, event.type]);
      });
    })),

    async consume(consumer: string, handler: Handler, { types, concurrency = 4 }: ConsumeOptions) {
      unsubscribed.add(consumer);
      const slots = startSlots(kit, {
        concurrency, pollMs: 1000, about: `${reference} for ${consumer}`,
        async fetch(free) {
          const boss = await started();
          if (unsubscribed.has(consumer)) await subscribe(boss, consumer, types);
          unsubscribed.delete(consumer);
          const jobs = await boss.fetch<Envelope>(consumer, { batchSize: free, includeMetadata: true });
          return jobs.map((job) => () => handle(boss, consumer, job, handler));
        },
      });
      loops.push(slots);
      listeners.push(listen(kit, connection, channel, () => slots.wake()));
    },

    deadLetters: (consumer) => quietly(async () => {
      await started();
      const rows = await database.query<{ data: Envelope | null; source_output: { cause?: string } | null; source_retry_count: number | null }>(
        `select data, source_output, source_retry_count from "${schema}".job where name = $1 order by created_on limit 100`, [deadOf(consumer)],
      );
      return rows.map((row) => ({ event: row.data?.event, cause: row.source_output?.cause ?? 'its consumer ended or took too long', tries: (row.source_retry_count ?? 0) + 1 }));
    }),

    ready: () => quietly(async () => {
      await started();
      await database.ready();
      mustBeEmpty(reference, unsubscribed);
    }),

    async close() {
      await Promise.all(listeners.splice(0).map((listener) => listener.close()));
      await Promise.all(loops.splice(0).map((loop) => loop.stop()));
      const running = starting;
      starting = Promise.reject(new Error('the queue is closed'));
      starting.catch(() => undefined);
      await running?.then((boss) => boss.stop({ graceful: false }), () => undefined);
      await database.close();
    },
  };
}

const deadOf = (consumer: string): string => `${consumer}.dead`;
const executor = (sql: Sql) => ({ executeSql: async (text: string, values?: unknown[]) => ({ rows: [...await sql.query(text, values)] }) });

/** Its schema belongs to the backing's role already; two services that start at once are kept apart by pg-boss's own lock. */
async function startBoss(kit: Kit, schema: string, db: ReturnType<typeof executor>): Promise<PgBoss> {
  const { PgBoss } = await import('pg-boss');
  const boss = new PgBoss({
    schema, db, createSchema: schema === 'pgboss', schedule: false, registerInstance: false, persistWarnings: false, monitorVacuum: false,
    monitorIntervalSeconds: 10, superviseIntervalSeconds: 10, openTelemetry: { enabled: false },
  });
  // While the database is away every one of its timers says so; the consumers' loop has said it once.
  boss.on('error', (error) => kit.log[isAway(error) ? 'debug' : 'warn']('pg-boss', { error: error.message }));
  await boss.start();
  return boss;
}
