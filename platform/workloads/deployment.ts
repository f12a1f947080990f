import { configuration } from '../../services/configuration/contract.ts';
import { deployment as contract } from '../../services/deployment/contract.ts';
import { backing } from '../backing.ts';
import { knobs } from '../knobs.ts';
import { available, p99, service, url, use } from '../model/index.ts';

export const deployment = service(contract, {
  env: {
    DATABASE: use(backing.deployments),
    CONFIGURATION_URL: url(configuration),
    EVENTS: use(backing.events),
    REQUESTS: use(backing.events),
    REPOSITORY: use(backing.repository),
    ENGINE: use(backing.engine),
    ALERTS: use(backing.alerts),
    SYNTH_FOLDER: 'synth',
    LOG_LEVEL: knobs.logLevel,
  },
  scaleOn: { cpu: 0.7 },
  slo: [available('99.9%'), p99('100ms')],
});
