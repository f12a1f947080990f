import { historyRoutes as routes } from '../../services/deployment/contract/history.ts';
import { ask } from './ask.ts';
import type { HistoryQuery } from './delivery.ts';

export const listHistory = (query: HistoryQuery, signal: AbortSignal) => ask(routes.listHistory, { query: { ...query }, signal });
export const readDiff = (from: string, to: string, environment: string | undefined, signal: AbortSignal) => ask(routes.readDiff, { query: { from, to, environment }, signal });
export const listHolds = (signal: AbortSignal) => ask(routes.listHolds, { signal });
