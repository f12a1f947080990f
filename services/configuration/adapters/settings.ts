import { audit } from '../../kit/adapters/audit.ts';
import type { Cache } from '../../kit/adapters/cache.ts';
import type { Database } from '../../kit/adapters/postgres.ts';
import type { Kit } from '../../kit/kit.ts';
import { defaultOf, type Setting, type SettingName, type Value, type Version } from '../domain/setting.ts';
import { addVersion, newest } from './settings-table.ts';

/**
 * Seconds that a value may stay in the cache. A write removes it at once; should that not work (the cache was away, or a reader put
 * back what it had read just before), this is the longest that an old value is still answered.
 */
export const CACHED_SECONDS = 10;

export interface Settings {
  /** From the cache, or else the database, or else the default; undefined when there is none of them. */
  read(of: SettingName): Promise<Setting | undefined>;
  /** Adds a version and its audit record in one transaction. */
  write(of: SettingName, value: Value, by: { readonly person: string; readonly traceId: string }): Promise<Setting>;
}

export function openSettings(kit: Kit, database: Database, cache: Cache): Settings {
  /** The cache may be away: then it is done without, and said so. */
  async function tried<T>(what: string, of: SettingName, use: () => Promise<T>): Promise<{ readonly answer: T } | undefined> {
    try {
      return { answer: await use() };
    } catch (error) {
      kit.log.warn(`the cache is away; ${what}`, { environment: of.environment, name: of.name, error });
      return undefined;
    }
  }
  return {
    async read(of) {
      const cached = await tried('answering from the database', of, () => cache.get<unknown>(keyOf(of)));
      if (isVersion(cached?.answer)) return { ...of, ...cached.answer, source: 'cache' };
      const found = await newest(database, of);
      if (found) {
        if (cached) await tried('the next reader asks the database too', of, () => cache.set(keyOf(of), found, { ttlSeconds: CACHED_SECONDS }));
        return { ...of, ...found, source: 'database' };
      }
      const value = defaultOf(of.name);
      return value && { ...of, value, version: 0, source: 'default' };
    },
    async write(of, value, { person, traceId }) {
      const written = await database.transaction(async (sql) => {
        const version = await addVersion(sql, of, value, person);
        const subject = `${of.environment}/${of.name}`;
        await audit(sql, { person, action: 'configuration.write', subject, detail: { version: version.version, value }, traceId });
        return version;
      });
      await tried(`the old value may be answered for ${CACHED_SECONDS} s`, of, () => cache.delete(keyOf(of)));
      return { ...of, ...written, source: 'database' };
    },
  };
}

const keyOf = ({ environment, name }: SettingName): string => `setting:${environment}:${name}`;

/** What lies in a cache is checked like anything else that comes from outside. */
function isVersion(cached: unknown): cached is Version {
  return typeof cached === 'object' && cached !== null && 'version' in cached && Number.isInteger(cached.version)
    && 'value' in cached && typeof cached.value === 'object' && cached.value !== null;
}
