import { aws, clusterOf, external, imageReleases, own } from '../platform/model/index.ts';
import { platform } from '../platform/platform.ts';
import release from './releases/staging.json' with { type: 'json' };

/** Production's shape at a small size: what breaks there should break here first. */
export const staging = clusterOf(platform, 'staging', {
  domain: 'staging.journey.example.com',
  registry: 'registry.example.com/request-journey',
  issuer: 'letsencrypt',
  cloud: { region: 'eu-west-1', cidr: '10.20.0.0/16', zones: 2, stateBucket: 'request-journey-staging-state' },
  backing: {
    identity: aws('database', { size: 'db.t4g.medium', storageGb: 20, multiAz: false, backupDays: 7 }),
    settings: aws('database', { size: 'db.t4g.small', storageGb: 20, multiAz: false, backupDays: 7 }),
    deployments: aws('database', { size: 'db.t4g.small', storageGb: 20, multiAz: false, backupDays: 7 }),
    notifications: aws('database', { size: 'db.t4g.small', storageGb: 20, multiAz: false, backupDays: 7 }),
    telemetry: aws('database', { size: 'db.t4g.medium', storageGb: 50, multiAz: false, backupDays: 3 }),
    sessions: aws('cache', { size: 'cache.t4g.small', replicas: 1 }),
    settingsCache: aws('cache', { size: 'cache.t4g.small', replicas: 1 }),
    events: external('queue', { cidr: '10.20.240.0/24', port: 5671 }),
    post: external('mail', { cidr: '10.20.241.0/24', port: 587 }),
    repository: external('repository', { cidr: '140.82.112.0/20', port: 443 }),
    engine: external('engine', { cidr: '10.20.242.0/24', port: 443 }),
    archive: aws('objects', { versions: true }),
    vault: aws('secrets', { recoveryDays: 7 }),
    metrics: own('metrics'),
    logs: own('logs'),
    traces: own('traces'),
    alerts: external('alerts', { cidr: '10.20.243.0/24', port: 443 }),
  },
  scale: {
    gateway: { min: 2, max: 6 },
    auth: { min: 2, max: 4 },
    deployment: { min: 2, max: 4 },
    configuration: { min: 2, max: 4 },
    notification: { min: 1, max: 2 },
    monitoring: { min: 1, max: 2 },
    dashboard: { min: 2, max: 4 },
  },
  knobs: { alertsTo: 'staging-alerts@journey.example.com', cookieSecure: 'yes', logLevel: 'info', rateLimit: 50, traceShare: 0.25, telemetryDays: 7 },
  delivery: { after: 'dev', approvals: { release: 0, model: 1 } },
  release: imageReleases('staging', release),
});
