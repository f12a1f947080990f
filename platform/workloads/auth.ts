import { auth as contract } from '../../services/auth/contract.ts';
import { backing } from '../backing.ts';
import { knobs } from '../knobs.ts';
import { available, p99, secretNamed, service, use } from '../model/index.ts';

/** Hashing a password takes a whole processor for a moment: it scales earlier than the others. */
export const auth = service(contract, {
  env: {
    DATABASE: use(backing.identity),
    SIGNING_KEY: secretNamed('auth-signing-key'),
    LOG_LEVEL: knobs.logLevel,
  },
  scaleOn: { cpu: 0.6 },
  slo: [available('99.9%'), p99('50ms')],
});
