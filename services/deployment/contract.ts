import { alerts, consumes, contract, database, engine, oneOf, publishes, repository, text, urlOf } from '../kit/contract.ts';
import { changeRoutes } from './contract/changes.ts';
import { declarationRoutes } from './contract/declarations.ts';
import { fleetRoutes } from './contract/fleet.ts';
import { historyRoutes } from './contract/history.ts';
import { holdActRoutes } from './contract/hold-acts.ts';
import { pullRoutes } from './contract/pulls.ts';
import { request, requestRoutes } from './contract/requests.ts';

export { kinds, statuses } from './contract/requests.ts';

const prefix = 'dev.request-journey.deployment';
export const deploymentRequested = `${prefix}.requested`;
/** It answers with the new release, it was there already, or it did not come about; `status` says which. */
export const deploymentEnded = `${prefix}.ended`;

export const deployment = contract({
  name: 'deployment',
  about: 'Turns wishes into reviewed commits, watches them become real, and takes them back when they do not.',
  ports: { http: 8080, metrics: 9090 },
  env: {
    DATABASE: database(),
    CONFIGURATION_URL: urlOf('configuration'),
    EVENTS: publishes(),
    REQUESTS: consumes(),
    /** The repository that says what should run, and the forge of its pull requests. */
    REPOSITORY: repository(),
    /** What makes an environment be what the repository says. */
    ENGINE: engine(),
    /** The Alertmanager that knows what fires where a release comes from; `own:`: nobody watches it. */
    ALERTS: alerts(),
    /** The folder that holds `<environment>/journey.json`, relative to the working directory. */
    SYNTH_FOLDER: text(),
    LOG_LEVEL: oneOf('debug', 'info', 'warn'),
  },
  migrates: true,
  events: { [deploymentRequested]: request, [deploymentEnded]: request },
  routes: { ...changeRoutes, ...requestRoutes, ...pullRoutes, ...fleetRoutes, ...historyRoutes, ...holdActRoutes, ...declarationRoutes },
});
