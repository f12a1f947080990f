import { faultActRoutes } from '../../services/monitoring/contract/fault-acts.ts';
import { ask } from './ask.ts';
import type { FaultWish } from './monitoring.ts';

export const beginFault = (body: FaultWish) => ask(faultActRoutes.beginFault, { body });
export const endFault = (id: string) => ask(faultActRoutes.endFault, { params: { id } });
