import { requestRoutes as routes } from '../../services/deployment/contract/requests.ts';
import { ask } from './ask.ts';

/** The newest 50 of all, or those of one journey or one pull request. */
export interface RequestsWanted { readonly traceId?: string; readonly pull?: number }
export const listRequests = (wanted: RequestsWanted, signal: AbortSignal) => ask(routes.list, { query: { ...wanted }, signal });
export const readRequest = (id: string, signal: AbortSignal) => ask(routes.read, { params: { id }, signal });
