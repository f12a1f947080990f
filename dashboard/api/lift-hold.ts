import { holdActRoutes as routes } from '../../services/deployment/contract/hold-acts.ts';
import { ask } from './ask.ts';

export const liftHold = (id: number, reason: string) => ask(routes.liftHold, { params: { id: String(id) }, body: { reason } });
