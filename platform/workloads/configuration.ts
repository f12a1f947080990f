import { configuration as contract } from '../../services/configuration/contract.ts';
import { backing } from '../backing.ts';
import { knobs } from '../knobs.ts';
import { available, p99, service, use } from '../model/index.ts';

export const configuration = service(contract, {
  env: {
    DATABASE: use(backing.settings),
    SETTINGS_CACHE: use(backing.settingsCache),
    SYNTH_FOLDER: 'synth',
    LOG_LEVEL: knobs.logLevel,
  },
  scaleOn: { cpu: 0.7 },
  slo: [available('99.9%'), p99('50ms')],
});
