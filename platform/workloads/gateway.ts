import { auth } from '../../services/auth/contract.ts';
import { configuration } from '../../services/configuration/contract.ts';
import { deployment } from '../../services/deployment/contract.ts';
import { gateway as contract } from '../../services/gateway/contract.ts';
import { monitoring } from '../../services/monitoring/contract.ts';
import { backing } from '../backing.ts';
import { knobs } from '../knobs.ts';
import { available, p99, secretNamed, service, url, use } from '../model/index.ts';

/** The only door from outside. What is in `env` is all it may reach. */
export const gateway = service(contract, {
  env: {
    AUTH_URL: url(auth),
    DEPLOYMENT_URL: url(deployment),
    CONFIGURATION_URL: url(configuration),
    MONITORING_URL: url(monitoring),
    SESSIONS: use(backing.sessions),
    COOKIE_KEY: secretNamed('gateway-cookie-key'),
    COOKIE_SECURE: knobs.cookieSecure,
    RATE_LIMIT_RPS: knobs.rateLimit,
    TRACE_SHARE: knobs.traceShare,
    LOG_LEVEL: knobs.logLevel,
  },
  public: { host: 'api' },
  scaleOn: { cpu: 0.7 },
  slo: [available('99.9%'), p99('100ms')],
});
