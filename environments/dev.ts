import { aws, clusterOf, external, imageReleases, inCluster, own } from '../platform/model/index.ts';
import { platform } from '../platform/platform.ts';
import release from './releases/dev.json' with { type: 'json' };

/** One of each, in the cluster: cheap, and it may lose everything. */
export const dev = clusterOf(platform, 'dev', {
  domain: 'dev.journey.example.com',
  registry: 'registry.example.com/request-journey',
  issuer: 'letsencrypt-staging',
  cloud: { region: 'eu-west-1', cidr: '10.10.0.0/16', zones: 2, stateBucket: 'request-journey-dev-state' },
  backing: {
    identity: inCluster('database'),
    settings: inCluster('database'),
    deployments: inCluster('database'),
    notifications: inCluster('database'),
    telemetry: inCluster('database', { storage: '5Gi' }),
    sessions: inCluster('cache'),
    settingsCache: inCluster('cache'),
    events: inCluster('queue'),
    post: inCluster('mail'),
    repository: external('repository', { cidr: '140.82.112.0/20', port: 443 }),
    engine: external('engine', { cidr: '10.10.242.0/24', port: 443 }),
    archive: aws('objects', { versions: false }),
    vault: inCluster('secrets'),
    metrics: own('metrics'),
    logs: own('logs'),
    traces: own('traces'),
    alerts: external('alerts', { cidr: '10.10.243.0/24', port: 443 }),
  },
  scale: {
    gateway: { min: 1, max: 2 },
    auth: { min: 1, max: 2 },
    deployment: { min: 1, max: 2 },
    configuration: { min: 1, max: 2 },
    notification: { min: 1, max: 2 },
    monitoring: { min: 1, max: 1 },
    dashboard: { min: 1, max: 2 },
  },
  knobs: { alertsTo: 'dev-alerts@journey.example.com', cookieSecure: 'yes', logLevel: 'debug', rateLimit: 50, traceShare: 1, telemetryDays: 3 },
  faults: true,
  delivery: { approvals: { release: 0, model: 1 } },
  release: imageReleases('dev', release),
});
