import { cache, contract, number, oneOf, secret, urlOf } from '../kit/contract.ts';
import { sessionRoutes } from './contract/sessions.ts';
import { signInRoutes } from './contract/sign-in.ts';
import { watchingRoutes } from './contract/watching.ts';

export { demoDrawn, demoLabel, demoMix, type DemoKind } from './contract/demo-traffic.ts';

/** Its own routes are the browser's session; all others are the public routes of the services it references. */
export const gateway = contract({
  name: 'gateway',
  about: 'The only door from outside: sessions, token checks, rate limits, forwarding.',
  ports: { http: 8080, metrics: 9090 },
  env: {
    AUTH_URL: urlOf('auth'),
    DEPLOYMENT_URL: urlOf('deployment'),
    CONFIGURATION_URL: urlOf('configuration'),
    MONITORING_URL: urlOf('monitoring'),
    SESSIONS: cache(),
    COOKIE_KEY: secret(),
    COOKIE_SECURE: oneOf('yes', 'no'),
    RATE_LIMIT_RPS: number(),
    /** Of the requests that nobody watches, 0 to 1: their journeys are recorded. Those with a ticket always are. */
    TRACE_SHARE: number(),
    LOG_LEVEL: oneOf('debug', 'info', 'warn'),
  },
  routes: { ...signInRoutes, ...sessionRoutes, ...watchingRoutes },
});
