import { embedded, localOf, own, sourceReleases } from '../platform/model/index.ts';
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
    repository: embedded('repository'),
    engine: embedded('engine'),
    vault: embedded('secrets'),
    metrics: own('metrics'),
    logs: own('logs'),
    traces: own('traces'),
    // Nothing is promoted to here or from here, so nobody has to know whether alerts fire.
    alerts: own('alerts'),
  },
  scale: {
    gateway: 1,
    auth: 1,
    deployment: 1,
    configuration: 1,
    notification: 1,
    monitoring: 1,
    dashboard: 1,
  },
  knobs: { alertsTo: 'admin@localhost', cookieSecure: 'no', logLevel: 'info', rateLimit: 200, traceShare: 1, telemetryDays: 7 },
  faults: true,
  /** A release goes by itself; whoever changes the model needs a second person, here as anywhere. */
  delivery: { approvals: { release: 0, model: 1 }, drills: true },
  release: sourceReleases('local', release),
});
