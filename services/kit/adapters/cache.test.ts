import { describe, expect, test } from '@jest/globals';
import { connectionTo } from '../test/connection.ts';
import { testContract } from '../test/contract.ts';
import { testKit } from '../test/kit.ts';
import { startPostgres } from '../test/postgres.ts';
import { describeWith } from '../test/servers/describe-with.ts';
import { redisBinary, startRedis } from '../test/servers/redis.ts';
import { maskedKey } from './cache-span.ts';
import { cacheSuite } from './cache.suite.ts';
import { openCache } from './cache.ts';
import { openFront } from './front.ts';

describe('with the embedded cache', () => {
  cacheSuite(async () => {
    const server = await startPostgres();
    return { url: await server.backing('sessions'), kill: server.kill, restart: server.restart, stop: server.stop };
  });
});

describeWith('Redis', redisBinary(), () => {
  cacheSuite(startRedis);

  test('what somebody else wrote there and is not JSON counts as absent', async () => {
    const [server, kit] = [await startRedis(), testKit(testContract)];
    const { Redis } = await import('ioredis');
    const [client, cache] = [new Redis(server.url), openCache(kit, connectionTo('cache', server.url))];
    await client.set('test.CACHE:a', '{');
    expect(await cache.get('a')).toBeUndefined();
    await client.rpush('test.CACHE:list', 'x');
    await expect(cache.increment('list', { ttlSeconds: 1 })).rejects.toMatchObject({ code: 'unavailable' });
    client.disconnect();
    await cache.close();
    await server.stop();
  });
});

test('a cache that no adapter speaks is refused without showing the URL', () => {
  const kit = testKit(testContract);
  const open = () => openCache(kit, connectionTo('cache', 'memcached://user:hidden@127.0.0.1:1'));
  expect(open).toThrow(/no cache speaks "memcached:".*redis/);
  expect(open).not.toThrow(/hidden/);
});

test.each([
  ['setting:production:deployment-freeze', 'setting:production:deployment-freeze'],
  ['session:0f1e2d', 'session:*'], ['a:b@c.de', 'a:*'], ['login:10.0.0.1', 'login:*'], ['v2:UPPER', 'v2:*'],
])('the key %s is shown as %s', (key, shown) => expect(maskedKey(key)).toBe(shown));

describe('the front', () => {
  test('forgets after its time and keeps the newest', () => {
    let now = 0;
    const front = openFront<number>(2, 100, () => now);
    for (const [n, key] of ['a', 'b', 'c'].entries()) front.read(key)(n);
    expect(['a', 'b', 'c'].map((key) => front.get(key))).toEqual([undefined, 1, 2]);
    now = 101;
    expect(front.get('c')).toBeUndefined();
  });

  test('does not keep what was read before a drop', () => {
    const front = openFront<number>(2, 100);
    const keep = front.read('a');
    front.delete('a');
    keep(1);
    expect(front.get('a')).toBeUndefined();
    const later = front.read('a');
    front.clear();
    later(2);
    expect(front.get('a')).toBeUndefined();
  });
});
