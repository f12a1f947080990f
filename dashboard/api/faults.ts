import { faultRoutes } from '../../services/monitoring/contract/faults.ts';
import { ask } from './ask.ts';
import type { FaultWish } from './monitoring.ts';

export const listFaults = (signal: AbortSignal) => ask(faultRoutes.faults, { signal });
export const beginFault = (body: FaultWish) => ask(faultRoutes.beginFault, { body });
export const endFault = (id: string) => ask(faultRoutes.endFault, { params: { id } });
