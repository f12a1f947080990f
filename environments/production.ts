import { aws, external, imageReleases, own, productionOf } from '../platform/model/index.ts';
import { platform } from '../platform/platform.ts';
import release from './releases/production.json' with { type: 'json' };

/** What people depend on: at least two of everything, in three zones, nothing that may be lost. */
export const production = productionOf(platform, 'production', {
  domain: 'journey.example.com',
  registry: 'registry.example.com/request-journey',
  issuer: 'letsencrypt',
  cloud: { region: 'eu-west-1', cidr: '10.30.0.0/16', zones: 3, stateBucket: 'request-journey-production-state' },
  backing: {
    identity: aws('database', { size: 'db.m7g.large', storageGb: 100, multiAz: true, backupDays: 35 }),
    settings: aws('database', { size: 'db.t4g.medium', storageGb: 20, multiAz: true, backupDays: 35 }),
    deployments: aws('database', { size: 'db.t4g.medium', storageGb: 50, multiAz: true, backupDays: 35 }),
    notifications: aws('database', { size: 'db.t4g.medium', storageGb: 50, multiAz: true, backupDays: 35 }),
    telemetry: aws('database', { size: 'db.m7g.large', storageGb: 500, multiAz: true, backupDays: 7 }),
    sessions: aws('cache', { size: 'cache.m7g.large', replicas: 2 }),
    settingsCache: aws('cache', { size: 'cache.t4g.medium', replicas: 1 }),
    events: external('queue', { cidr: '10.30.240.0/24', port: 5671 }),
    post: external('mail', { cidr: '10.30.241.0/24', port: 587 }),
    repository: external('repository', { cidr: '140.82.112.0/20', port: 443 }),
    engine: external('engine', { cidr: '10.30.242.0/24', port: 443 }),
    archive: aws('objects', { versions: true }),
    vault: aws('secrets', { recoveryDays: 30 }),
    metrics: own('metrics'),
    logs: own('logs'),
    traces: own('traces'),
    alerts: external('alerts', { cidr: '10.30.243.0/24', port: 443 }),
  },
  scale: {
    gateway: { min: 3, max: 20 },
    auth: { min: 3, max: 10 },
    deployment: { min: 2, max: 6 },
    configuration: { min: 2, max: 6 },
    notification: { min: 2, max: 6 },
    monitoring: { min: 2, max: 4 },
    dashboard: { min: 2, max: 8 },
  },
  knobs: { alertsTo: 'on-call@journey.example.com', cookieSecure: 'yes', logLevel: 'info', rateLimit: 50, traceShare: 0.05, telemetryDays: 14 },
  delivery: {
    after: 'staging',
    approvals: { release: 1, model: 1 },
    soakMinutes: 60,
    window: { schedule: '0 8 * * 1-4', hours: 8, timeZone: 'Europe/Dublin' },
  },
  release: imageReleases('production', release),
});
