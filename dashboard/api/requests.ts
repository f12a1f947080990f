import { requestRoutes as routes } from '../../services/deployment/contract/requests.ts';
import { ask } from './ask.ts';

export const listRequests = (signal: AbortSignal) => ask(routes.list, { signal });
export const readRequest = (id: string, signal: AbortSignal) => ask(routes.read, { params: { id }, signal });
