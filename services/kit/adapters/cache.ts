import type { Connection } from '../contract.ts';
import type { Kit } from '../kit.ts';
import type { Cache } from './cache-port.ts';
import { openPostgresCache } from './cache-postgres.ts';
import { openRedisCache } from './cache-redis.ts';

export type { Cache } from './cache-port.ts';

/** The adapter is chosen by the URL's scheme. @throws {Error} for a scheme that none of them speaks */
export function openCache(kit: Kit, connection: Connection<'cache'>): Cache {
  const cache = open(kit, connection);
  // The fault `cacheLoss`: a key that nobody has written, so that the miss is a real one.
  return kit.faults.allowed ? { ...cache, get: (key) => cache.get(kit.faults.hits('cacheLoss') ? `${key}:lost` : key) } : cache;
}

function open(kit: Kit, connection: Connection<'cache'>): Cache {
  const { protocol } = new URL(connection.url.reveal());
  switch (protocol) {
    case 'postgres:': case 'postgresql:': return openPostgresCache(kit, connection);
    case 'redis:': case 'rediss:': return openRedisCache(kit, connection);
    default: throw new Error(`${connection.reference}: no cache speaks "${protocol}". Use postgres:, redis: or rediss:.`);
  }
}
