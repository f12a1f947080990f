import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { rabbitBinary, startRabbit } from '../../../services/kit/test/servers/rabbitmq.ts';
import { redisBinary, startRedis } from '../../../services/kit/test/servers/redis.ts';
import type { TestServer } from '../../../services/kit/test/servers/server.ts';
import { CHECKOUT, journey, journeyWith, values } from './journey.ts';

const missing = redisBinary() && rabbitBinary() ? false : 'needs redis-server and rabbitmq-server (Debian; or run .ci/servers.sh)';

/** The same model, the same code, with real servers in the place of the embedded ones: their URLs are all it takes. */
describe('a real Redis and a real RabbitMQ by their URLs', { skip: missing }, () => {
  let redis: TestServer;
  let rabbit: TestServer;
  before(async () => {
    [redis, rabbit] = await Promise.all([startRedis(), startRabbit()]);
    await journey('down');
    await journey('reset', '--yes');
    const ran = await journeyWith({ env: { SESSIONS_URL: redis.url, SETTINGS_CACHE_URL: redis.url, EVENTS_URL: rabbit.url } }, 'up', '--detach');
    assert.equal(ran.code, 0, ran.err);
  });
  after(async () => {
    await journey('down');
    await Promise.all([redis.stop(), rabbit.stop()]);
  });

  test('status names them as external and shows no password', async () => {
    const { out } = await journey('status', '--json');
    const { backings } = JSON.parse(out) as { backings: readonly { name: string; provider: string; url?: string }[] };
    const external = backings.filter((b) => b.provider === 'external');
    assert.deepEqual(external.map((b) => b.name).toSorted(), ['events', 'sessions', 'settings-cache']);
    for (const url of [redis.url, rabbit.url]) assert.ok(!out.includes(new URL(url).password), CHECKOUT);
  });

  test('the golden journey goes through them to its mail', async () => {
    const sent = await journey('send', '--json');
    assert.equal(sent.code, 0, sent.err);
    assert.equal(values(sent).at(-1)?.['connected'], true);
  });
});
