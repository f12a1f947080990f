import { embedded, localOf, sourceReleases } from '../platform/model/index.ts';
import { platform } from '../platform/platform.ts';
import release from './releases/local.json' with { type: 'json' };

/** A laptop: every backing comes with the runner, everything listens on loopback. */
export const local = localOf(platform, 'local', {
  backing: {
    identity: embedded('database'),
    settings: embedded('database'),
    deployments: embedded('database'),
    notifications: embedded('database'),
    telemetry: embedded('database'),
    sessions: embedded('cache'),
    settingsCache: embedded('cache'),
    events: embedded('queue'),
    post: embedded('mail'),
    archive: embedded('objects'),
    vault: embedded('secrets'),
  },
  knobs: { cookieSecure: 'no', logLevel: 'info', rateLimit: 200 },
  release: sourceReleases('local', release),
});
