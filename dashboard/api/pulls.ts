import { pullRoutes as routes } from '../../services/deployment/contract/pulls.ts';
import { ask } from './ask.ts';

export const listPulls = (signal: AbortSignal) => ask(routes.listPulls, { signal });
export const readPull = (number: string, signal: AbortSignal) => ask(routes.readPull, { params: { number }, signal });
export const approvePull = (number: number, commit: string) => ask(routes.approve, { params: { number: String(number) }, body: { commit } });
export const mergePull = (number: number, commit: string) => ask(routes.merge, { params: { number: String(number) }, body: { commit } });
export const closePull = (number: number, reason: string) => ask(routes.close, { params: { number: String(number) }, body: { reason } });
