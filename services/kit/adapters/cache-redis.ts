import type { Redis } from 'ioredis';
import type { Connection } from '../contract.ts';
import type { Kit } from '../kit.ts';
import { problem, Problem } from '../problem.ts';
import { messageOf, serviceOf } from './error.ts';
import { cacheSpan } from './cache-span.ts';
import type { Cache } from './cache-port.ts';

/** Redis 7. One connection, which comes back by itself; a command waits a second at most and is tried twice at most. */
export function openRedisCache(kit: Kit, connection: Connection<'cache'>): Cache {
  const { reference } = connection;
  const prefix = `${connection.reference}:`;
  let opening: Promise<Redis> | undefined;
  const redis = () => (opening ??= open(kit, connection));

  async function run<T>(fn: (client: Redis) => Promise<T>): Promise<T> {
    try {
      return await fn(await redis());
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw problem('unavailable', `The cache ${reference} does not answer: ${messageOf(error)}`, { cause: error, at: serviceOf(reference) });
    }
  }

  return {
    get: <T>(key: string) => cacheSpan(reference, 'redis', 'GET', key, async (_active, tell) => {
      const found = await run((client) => client.get(prefix + key));
      tell(found !== null);
      return found === null ? undefined : parsed<T>(found);
    }),
    set: (key, value, { ttlSeconds }) => cacheSpan(reference, 'redis', 'SET', key, async () => {
      await run((client) => client.set(prefix + key, JSON.stringify(value), 'EX', ttlSeconds));
    }),
    delete: (key) => cacheSpan(reference, 'redis', 'DELETE', key, async () => {
      await run((client) => client.del(prefix + key));
    }),
    increment: (key, { ttlSeconds }) => cacheSpan(reference, 'redis', 'INCREMENT', key, () => run(async (client) => {
      const answers = await client.multi().incr(prefix + key).expire(prefix + key, ttlSeconds, 'NX').exec();
      const [error, count] = answers?.[0] ?? [new Error('the transaction was dropped')];
      if (error) throw error;
      return Number(count);
    })),
    ready: async () => { await run((client) => client.ping()); },
    async close() {
      const client = await opening;
      client?.disconnect();
    },
  };
}

async function open(kit: Kit, { url, reference }: Connection<'cache'>): Promise<Redis> {
  const { Redis } = await import('ioredis');
  const client = new Redis(url.reveal(), {
    connectionName: kit.contract.name, connectTimeout: 1000, commandTimeout: 1000, maxRetriesPerRequest: 1, enableAutoPipelining: true,
    retryStrategy: (times) => Math.min(2000, 50 * 2 ** Math.min(times, 6)) * (0.5 + Math.random() / 2),
  });
  let away = false;
  client.on('error', (error: Error) => {
    if (!away) kit.log.warn('the cache is away', { reference, error: messageOf(error) });
    away = true;
  });
  client.on('ready', () => {
    if (away) kit.log.info('the cache is back', { reference });
    away = false;
  });
  return client;
}

/** Somebody else may have written there: what is not JSON counts as absent. */
function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}
