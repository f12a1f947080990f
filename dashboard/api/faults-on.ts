import { faultRoutes } from '../../services/monitoring/contract/faults.ts';
import { ask } from './ask.ts';

/** Apart from what switches them (faults.ts): every page asks for its banner. */
export const listFaults = (signal: AbortSignal) => ask(faultRoutes.faults, { signal });
