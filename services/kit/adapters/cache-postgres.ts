import type { Connection } from '../contract.ts';
import type { Kit } from '../kit.ts';
import { cacheSpan } from './cache-span.ts';
import { STALE_MS, type Cache } from './cache-port.ts';
import { openFront } from './front.ts';
import { listen } from './listen.ts';
import { isDuplicate } from './postgres-error.ts';
import { openPostgres } from './postgres.ts';
import { schemaOf } from './postgres-url.ts';
import { quietly } from './quiet.ts';

const SWEEP_MS = 60_000;

/**
 * The cache of a laptop: an unlogged table (gone after a crash of the database, as a cache may be) and a small front in this process,
 * which other processes' writes empty by NOTIFY. Should a notification be lost, an entry of the front lives `STALE_MS`.
 */
export function openPostgresCache(kit: Kit, connection: Connection<'cache'>): Cache {
  const { reference } = connection;
  const database = openPostgres(kit, connection, { connections: 4, waitMs: 1000, statementMs: 1000 });
  const channel = `${schemaOf(connection) ?? 'public'}_cache`;
  const front = openFront<unknown>(1000, STALE_MS);
  const listener = listen(kit, connection, channel, (key) => { if (key === undefined) front.clear(); else front.delete(key); });
  const sweep = setInterval(() => {
    quietly(() => run('delete from cache where expires_at < now()', [])).catch(() => undefined);
  }, SWEEP_MS).unref();

  let made: Promise<void> | undefined;
  /** The cache has no migration: its table is made by whoever comes first. */
  function table(): Promise<void> {
    made ??= quietly(async () => {
      try {
        await database.query('create unlogged table if not exists cache (key text primary key, value jsonb not null, expires_at timestamptz not null)');
        await database.query('create index if not exists cache_expires_at on cache (expires_at)');
      } catch (error) {
        // Two processes made it at the same moment (PostgreSQL answers 23505 on its own catalog).
        if (!isDuplicate(error)) throw error;
      }
    }).catch((error: unknown) => { made = undefined; throw error; });
    return made;
  }
  async function run<Row extends object>(text: string, params: readonly unknown[]): Promise<readonly Row[]> {
    await table();
    return database.query<Row>(text, params);
  }

  return {
    get: <T>(key: string) => cacheSpan(reference, 'postgresql', 'GET', key, async (active, found) => {
      const near = front.get(key);
      if (near !== undefined) {
        found(true);
        active.setAttribute('cache.front', true);
        return near as T;
      }
      const keep = front.read(key);
      const [row] = await run<{ value: T }>('select value from cache where key = $1 and expires_at > now()', [key]);
      found(row !== undefined);
      if (row) keep(row.value);
      return row?.value;
    }),
    set: (key, value, { ttlSeconds }) => cacheSpan(reference, 'postgresql', 'SET', key, async () => {
      front.delete(key);
      await run(
        `with kept as (
           insert into cache (key, value, expires_at) values ($1, $2, now() + $3 * interval '1 second')
           on conflict (key) do update set value = excluded.value, expires_at = excluded.expires_at
         ) select pg_notify($4, $1)`,
        [key, JSON.stringify(value), ttlSeconds, channel],
      );
      front.delete(key);
    }),
    delete: (key) => cacheSpan(reference, 'postgresql', 'DELETE', key, async () => {
      front.delete(key);
      await run('with gone as (delete from cache where key = $1) select pg_notify($2, $1)', [key, channel]);
      front.delete(key);
    }),
    increment: (key, { ttlSeconds }) => cacheSpan(reference, 'postgresql', 'INCREMENT', key, async () => {
      const [row] = await run<{ value: number }>(
        `insert into cache (key, value, expires_at) values ($1, '1', now() + $2 * interval '1 second')
         on conflict (key) do update set
           value = case when cache.expires_at > now() then to_jsonb((cache.value)::bigint + 1) else '1' end,
           expires_at = case when cache.expires_at > now() then cache.expires_at else excluded.expires_at end
         returning value`,
        [key, ttlSeconds],
      );
      return row?.value ?? 1;
    }),
    ready: () => database.ready(),
    async close() {
      clearInterval(sweep);
      await listener.close();
      await database.close();
    },
  };
}
