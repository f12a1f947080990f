import { openCache } from '../kit/adapters/cache.ts';
import { openDatabase } from '../kit/adapters/postgres.ts';
import { environmentsIn } from '../kit/environments.ts';
import type { App, Kit } from '../kit/kit.ts';
import { openSettings } from './adapters/settings.ts';
import type { configuration } from './contract.ts';
import { read } from './routes/read.ts';
import { write } from './routes/write.ts';

/** All that configuration does. */
export async function app(kit: Kit<typeof configuration>): Promise<App<typeof configuration>> {
  const database = openDatabase(kit, kit.env.DATABASE);
  const cache = openCache(kit, kit.env.SETTINGS_CACHE);
  const settings = openSettings(kit, database, cache);
  const environments = environmentsIn(kit.env.SYNTH_FOLDER);
  return {
    handlers: {
      read: read(settings, environments),
      rule: read(settings, environments),
      write: write(settings, environments),
    },
    // The cache is not asked: without it every answer comes from the database.
    ready: { DATABASE: () => database.ready() },
    async stop() {
      await cache.close();
      await database.close();
    },
  };
}
