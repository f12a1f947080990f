import { alerts, cache, database, engine, logs, mail, metrics, objects, queue, repository, secrets, traces } from './model/index.ts';

/** Every database, cache, queue … there is. Each database has a role of its own that nobody else is given. */
export const backing = {
  identity: database('identity'),
  settings: database('settings'),
  deployments: database('deployments'),
  notifications: database('notifications'),
  telemetry: database('telemetry'),
  sessions: cache('sessions'),
  settingsCache: cache('settings-cache'),
  events: queue('events'),
  post: mail('post'),
  archive: objects('archive'),
  repository: repository('repository'),
  engine: engine('engine'),
  vault: secrets('vault'),
  metrics: metrics('metrics'),
  logs: logs('logs'),
  traces: traces('traces'),
  alerts: alerts('alerts'),
};
