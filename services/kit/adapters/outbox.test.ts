import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { problem } from '../problem.ts';
import { connectionTo } from '../test/connection.ts';
import { testContract } from '../test/contract.ts';
import { testKit, type TestKit } from '../test/kit.ts';
import { startPostgres, type TestPostgres } from '../test/postgres.ts';
import { until } from '../test/until.ts';
import { audit } from './audit.ts';
import { auditTable } from './audit.sql.ts';
import { newEvent, parseEvent, type Event } from './event.ts';
import { once } from './inbox.ts';
import { inboxTable } from './inbox.sql.ts';
import { startRelay, writeOutbox, type Relay } from './outbox.ts';
import { outboxTable } from './outbox.sql.ts';
import { openDatabase, type Database } from './postgres.ts';
import { openQueue, type Queue } from './queue.ts';

let server: TestPostgres;
let url: string;
let kit: TestKit<typeof testContract>;
let database: Database;
beforeAll(async () => {
  server = await startPostgres();
  url = await server.backing('things');
  const setUp = openDatabase(testKit(testContract), connectionTo('database', url));
  await setUp.query(`${outboxTable}${inboxTable}${auditTable} create table effect (event_id uuid)`);
  await setUp.close();
});
afterAll(() => server.stop());
const relays: Relay[] = [];
beforeEach(async () => {
  kit = testKit(testContract);
  database = openDatabase(kit, connectionTo('database', url));
  await database.query('truncate outbox, inbox, effect');
});
afterEach(async () => {
  for (const relay of relays.splice(0)) await relay.stop();
  await database.close();
  await kit.close();
});

const eventOf = (n: number) => newEvent({ source: 'test', type: 'test.happened', data: { n } });
/** A queue that only remembers; what real ones do is shown in their own suite and below. */
function remembering(publish: (event: Event) => Promise<void> = () => Promise.resolve()): Queue & { readonly events: Event[] } {
  const events: Event[] = [];
  const none = () => Promise.resolve();
  return { events, consume: none, deadLetters: () => Promise.resolve([]), ready: none, close: none, async publish(event) { await publish(event); events.push(event); } };
}
const relayTo = (queue: Queue, times = {}) => { const relay = startRelay(kit, database, queue, { pollMs: 60_000, retryMs: 50, ...times }); relays.push(relay); return relay; };
const waiting = async () => (await database.query<{ n: number }>('select count(*)::int as n from outbox'))[0]?.n;

describe('the outbox', () => {
  test('publishes what was committed, and nothing that was rolled back', async () => {
    const queue = remembering();
    const relay = relayTo(queue);
    await database.transaction(async (sql) => { await writeOutbox(sql, eventOf(1)); });
    await database.transaction(async (sql) => { await writeOutbox(sql, eventOf(2)); throw new Error('no'); }).catch(() => undefined);
    relay.wake();
    await until('the outbox is empty', async () => (await waiting()) === 0);
    expect(queue.events.map(({ data }) => data)).toEqual([{ n: 1 }]);
  });

  test('finds by itself what another process left behind', async () => {
    await database.transaction(async (sql) => { await writeOutbox(sql, eventOf(1)); });
    const queue = remembering();
    relayTo(queue, { pollMs: 50 });
    await until('it was published', () => queue.events.length === 1);
    await database.transaction(async (sql) => { await writeOutbox(sql, eventOf(2)); });
    await until('the next too', () => queue.events.length === 2);
  });

  test('keeps what the queue refuses, says why, and tries it again less and less often; others pass', async () => {
    let away = true;
    const queue = remembering((event) => (away && (event.data as { n: number }).n === 1 ? Promise.reject(problem('unavailable', 'nobody takes it')) : Promise.resolve()));
    relayTo(queue, { pollMs: 30 });
    await database.transaction(async (sql) => { for (const n of [1, 2]) await writeOutbox(sql, eventOf(n)); });
    await until('it was tried three times', async () => ((await database.query<{ tries: number }>('select tries from outbox'))[0]?.tries ?? 0) >= 3);
    expect(queue.events.map(({ data }) => data)).toEqual([{ n: 2 }]);
    expect((await database.query('select problem from outbox'))[0]).toEqual({ problem: 'Problem: nobody takes it' });
    away = false;
    await until('it was published at last', () => queue.events.length === 2);
  });

  test('three relays publish a hundred events once each', async () => {
    await database.transaction(async (sql) => { for (let n = 0; n < 100; n++) await writeOutbox(sql, eventOf(n)); });
    const queue = remembering(() => new Promise((resolve) => { setTimeout(resolve, 5); }));
    for (let n = 0; n < 3; n++) relayTo(queue);
    await until('all are published', async () => queue.events.length >= 100 && (await waiting()) === 0);
    expect(new Set(queue.events.map(({ id }) => id)).size).toBe(100);
    expect(queue.events).toHaveLength(100);
  });

  test('survives a database that is away', async () => {
    const queue = remembering();
    relayTo(queue, { pollMs: 50 });
    await server.kill();
    await until('it is noticed', () => kit.lines.some(({ message }) => String(message).includes('outbox could not be read')));
    await server.restart();
    await database.transaction(async (sql) => { await writeOutbox(sql, eventOf(1)); });
    await until('it was published', () => queue.events.length === 1);
  });

  test('hands over to a real queue, and the publish span continues the request; looking for work leaves no span', async () => {
    const queue = openQueue(kit, connectionTo('queue', await server.backing('events')));
    const got: Event[] = [];
    await queue.consume('someone', async (event) => { got.push(event); }, { types: ['test.happened'] });
    await until('it has subscribed', () => queue.ready().then(() => true, () => false));
    const event = { ...eventOf(1), traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
    await database.transaction(async (sql) => { await writeOutbox(sql, event); });
    const before = (await kit.spans()).length;
    relayTo(queue);
    await until('it came', () => got.length === 1);
    expect(got[0]).toEqual(event);
    await until('its row is gone', async () => (await waiting()) === 0);
    const spans = (await kit.spans()).slice(before).filter(({ name }) => !name.startsWith('SELECT'));
    expect(spans.map(({ name }) => name).sort()).toEqual(['process test.happened', 'publish test.happened']);
    expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(new Set(['0af7651916cd43dd8448eb211c80319c']));
    await queue.close();
  }, 30_000);
});

describe('the inbox', () => {
  test('lets an event work once, also when it comes five times at once', async () => {
    const { id } = eventOf(1);
    const results = await Promise.all(Array.from({ length: 5 }, () => once(database, id, async (sql) => { await sql.query('insert into effect values ($1)', [id]); })));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await database.query('select * from effect')).toHaveLength(1);
  });

  test('forgets an event whose effect failed, so that it can come again', async () => {
    const { id } = eventOf(1);
    await expect(once(database, id, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await once(database, id, () => Promise.resolve())).toBe(true);
    expect(await once(database, id, () => Promise.reject(new Error('is not called')))).toBe(false);
  });
});

describe('the audit', () => {
  const record = { person: 'ada@example.com', action: 'test.write', subject: 'a/b', detail: { n: 1 }, traceId: 'abc' };

  test('stands in the same transaction as what it is about', async () => {
    await database.transaction(async (sql) => { await audit(sql, record); });
    await database.transaction(async (sql) => { await audit(sql, { ...record, subject: 'rolled back' }); throw new Error('no'); }).catch(() => undefined);
    expect(await database.query('select person, action, subject, detail, trace_id from audit')).toEqual([
      { person: 'ada@example.com', action: 'test.write', subject: 'a/b', detail: { n: 1 }, trace_id: 'abc' },
    ]);
    await expect(database.query('delete from audit')).rejects.toThrow(/never changed/);
  });

  test('fails the call when it cannot be written, and says when the database is away', async () => {
    const without = { query: () => Promise.reject(new Error('relation "audit" does not exist')) };
    await expect(audit(without, record)).rejects.toMatchObject({ code: 'audit_failed', status: 500 });
    const away = { query: () => Promise.reject(problem('unavailable', 'away', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) })) };
    await expect(audit(away, record)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

test('an event is checked when it comes in', () => {
  const event = eventOf(1);
  expect(parseEvent(JSON.parse(JSON.stringify(event)))).toEqual(event);
  for (const bad of [null, 'x', {}, { ...event, id: '1' }, { ...event, type: 'X' }, { ...event, specversion: '0.3' }, { ...event, traceparent: 'x' }, { ...event, time: 'now' }]) {
    expect(() => parseEvent(bad)).toThrow(/Not a CloudEvent/);
  }
});
