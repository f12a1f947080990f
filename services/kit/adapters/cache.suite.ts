import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { connectionTo } from '../test/connection.ts';
import { testContract } from '../test/contract.ts';
import { testKit, type TestKit } from '../test/kit.ts';
import { until } from '../test/until.ts';
import { STALE_MS } from './cache-port.ts';
import { openCache, type Cache } from './cache.ts';

/** A real server for the suite. */
export interface CacheServer {
  readonly url: string;
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** What every cache promises, whatever it is made of. */
export function cacheSuite(start: () => Promise<CacheServer>): void {
  let server: CacheServer;
  let kit: TestKit<typeof testContract>;
  let here: Cache;
  /** What another process sees. */
  let there: Cache;
  beforeAll(async () => { server = await start(); }, 30_000);
  afterAll(() => server.stop());
  beforeEach(() => {
    kit = testKit(testContract);
    [here, there] = [openCache(kit, connectionTo('cache', server.url, 'test.CACHE')), openCache(kit, connectionTo('cache', server.url, 'test.CACHE'))];
  });
  afterEach(async () => {
    await Promise.all([here.close(), there.close()]);
    await kit.close();
  });
  let turn = 0;
  const fresh = () => `thing:${turn++}:${Math.random()}`;
  const forAMinute = { ttlSeconds: 60 };
  const codeOf = (promise: Promise<unknown>) => promise.then(() => 'none', (error: { code?: string }) => error.code);

  test.each([['a text', 'ü€"'], ['a number', 0], ['false', false], ['null', null], ['a list', [1, { a: [] }]], ['an object', { deep: { er: 'x' } }]])('keeps %s', async (_, value) => {
    const key = fresh();
    expect(await here.get(key)).toBeUndefined();
    await here.set(key, value, forAMinute);
    expect(await here.get(key)).toEqual(value);
    expect(await here.get(key)).toEqual(value);
    expect(await there.get(key)).toEqual(value);
  });

  test('forgets when the time is over', async () => {
    const key = fresh();
    await here.set(key, 1, { ttlSeconds: 1 });
    expect(await here.get(key)).toBe(1);
    await until('it is forgotten', async () => (await here.get(key)) === undefined, 1000 + STALE_MS + 500);
    expect(await there.get(key)).toBeUndefined();
  });

  test('in the process that changed it an old value is never read', async () => {
    const key = fresh();
    for (let n = 0; n < 20; n++) {
      await here.set(key, n, forAMinute);
      expect(await here.get(key)).toBe(n);
    }
    await here.delete(key);
    expect(await here.get(key)).toBeUndefined();
    await here.delete(key);
  });

  test(`in another process no longer than ${STALE_MS} ms`, async () => {
    const key = fresh();
    await here.set(key, 'old', forAMinute);
    expect(await there.get(key)).toBe('old');
    await here.set(key, 'new', forAMinute);
    const replaced = performance.now();
    await until('the new value is seen', async () => (await there.get(key)) === 'new', STALE_MS + 200);
    await here.delete(key);
    await until('it is gone', async () => (await there.get(key)) === undefined, STALE_MS + 200);
    expect(performance.now() - replaced).toBeLessThan(2 * STALE_MS + 400);
  });

  test('counts exactly, from two processes at once, and starts again when the time is over', async () => {
    const key = fresh();
    const counts = await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 ? here : there).increment(key, { ttlSeconds: 1 })));
    expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    await until('it starts again', async () => (await here.increment(key, { ttlSeconds: 1 })) < 40, 3000);
  });

  test('a call is a span that says hit or miss, with the ids of the key masked', async () => {
    const key = `session:8f3b2c1d9e:user:otto@example.com:v1`;
    await here.get(key);
    await here.set(key, 'x', forAMinute);
    await here.get(key);
    const spans = (await kit.spans()).filter(({ attributes }) => 'cache.key' in attributes);
    expect(spans.map(({ name }) => name)).toEqual(['GET test.CACHE', 'SET test.CACHE', 'GET test.CACHE']);
    expect(spans.map(({ attributes }) => attributes['cache.hit'])).toEqual([false, undefined, true]);
    expect(spans[0]?.attributes).toMatchObject({ 'cache.key': 'session:*:user:*:v1', 'journey.reference': 'test.CACHE', 'db.operation.name': 'GET' });
  });

  test.each(['', 'x'.repeat(513), 'a\0b'])('refuses what is no key (%#)', async (key) => {
    await expect((async () => here.get(key))()).rejects.toThrow(/cache key/);
  });

  describe('away', () => {
    test('it says unavailable soon, and works again when it is back', async () => {
      const key = fresh();
      await here.set(key, 'before', forAMinute);
      await server.kill();
      const started = performance.now();
      expect(await codeOf(here.set(key, 'lost', forAMinute))).toBe('unavailable');
      expect(await codeOf(here.get(fresh()))).toBe('unavailable');
      expect(await codeOf(here.increment(key, forAMinute))).toBe('unavailable');
      expect(await codeOf(here.delete(key))).toBe('unavailable');
      expect(await codeOf(here.ready())).toBe('unavailable');
      expect(performance.now() - started).toBeLessThan(7000);
      await server.restart();
      await until('it is back', () => here.ready().then(() => true, () => false));
      await here.set(key, 'after', forAMinute);
      expect(await there.get(key)).toBe('after');
      expect(kit.lines.filter(({ level }) => level === 'warn' || level === 'error').length).toBeLessThan(10);
    }, 30_000);
  });
}
