import { dashboard } from '../../dashboard/contract.ts';
import { notification as contract } from '../../services/notification/contract.ts';
import { backing } from '../backing.ts';
import { knobs } from '../knobs.ts';
import { available, publicAddress, service, use } from '../model/index.ts';

export const notification = service(contract, {
  env: {
    DATABASE: use(backing.notifications),
    EVENTS: use(backing.events),
    MAIL: use(backing.post),
    ARCHIVE: use(backing.archive),
    ALERTS_TO: knobs.alertsTo,
    PAGES_URL: publicAddress(dashboard),
    LOG_LEVEL: knobs.logLevel,
  },
  scaleOn: { cpu: 0.7 },
  slo: [available('99.5%')],
});
