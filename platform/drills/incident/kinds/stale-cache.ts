import type { Kind } from '../incident.ts';
import { writtenIsRead } from '../probes.ts';

const PATH = 'services/configuration/adapters/settings.ts';

export const staleCache: Kind = {
  name: 'stale-cache',
  about: 'what was written is not taken out of the cache, where it lives long',
  make(random) {
    const seconds = 600 + 60 * Math.floor(random() * 10);
    return {
      kind: 'stale-cache', workload: 'configuration', released: true, title: 'configuration: fewer trips to the database', why: 'A setting hardly ever changes, and its time in the cache ends by itself.',
      edits: [
        { path: PATH, from: 'export const CACHED_SECONDS = 10;', to: `export const CACHED_SECONDS = ${seconds};` },
        { path: PATH, from: "await tried(`the old value may be answered for ${CACHED_SECONDS} s`, of, () => cache.delete(keyOf(of)));", to: "await tried(`the old value may be answered for ${CACHED_SECONDS} s`, of, () => Promise.resolve(keyOf(of)));" },
      ],
      symptom: 'Settings are saved, and afterwards it is as if they had not been.',
      hop: 'configuration → its cache (settings-cache)', probe: writtenIsRead,
    };
  },
};
