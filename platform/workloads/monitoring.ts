import { dashboard } from '../../dashboard/contract.ts';
import { monitoring as contract } from '../../services/monitoring/contract.ts';
import { notification } from '../../services/notification/contract.ts';
import { backing } from '../backing.ts';
import { knobs } from '../knobs.ts';
import { available, publicAddress, service, url, use } from '../model/index.ts';

/** Takes the telemetry of all others and scrapes them: both are edges of the standard set. */
export const monitoring = service(contract, {
  env: {
    DATABASE: use(backing.telemetry),
    METRICS: use(backing.metrics),
    LOGS: use(backing.logs),
    TRACES: use(backing.traces),
    TELEMETRY_DAYS: knobs.telemetryDays,
    NOTIFICATION_URL: url(notification),
    SYNTH_FOLDER: 'synth',
    PAGES_URL: publicAddress(dashboard),
    LOG_LEVEL: knobs.logLevel,
  },
  scaleOn: { cpu: 0.7 },
  slo: [available('99.5%')],
  resources: { cpu: '200m', memory: '256Mi' },
});
