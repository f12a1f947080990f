import { fleetRoutes as routes } from '../../services/deployment/contract/fleet.ts';
import { ask } from './ask.ts';

export const listEnvironments = (signal: AbortSignal) => ask(routes.listEnvironments, { signal });
export const syncEnvironment = (environment: string, reason: string) => ask(routes.sync, { params: { environment }, body: { reason } });
export const setAutomatic = (environment: string, automatic: boolean, reason: string) => ask(routes.setAutomatic, { params: { environment }, body: { automatic, reason } });
export const listDrift = (signal: AbortSignal) => ask(routes.listDrift, { signal });
