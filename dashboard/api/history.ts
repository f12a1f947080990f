import { historyRoutes as routes } from '../../services/deployment/contract/history.ts';
import { ask } from './ask.ts';
import type { Entry, HistoryQuery } from './delivery.ts';

export const listHistory = (query: HistoryQuery, signal: AbortSignal) => ask(routes.listHistory, { query: { ...query }, signal });

/** Parts of the history that are looked through for one commit, 200 entries each: as many as the command line does. */
const mostParts = 25;
/** One commit of main, however old; null where main does not hold it. */
export async function findEntry(commit: string, signal: AbortSignal): Promise<Entry | null> {
  let before: string | undefined;
  for (let part = 0; part < mostParts; part += 1) {
    const { entries, next } = await listHistory({ limit: 200, before }, signal);
    const found = entries.find((entry) => entry.commit === commit);
    if (found) return found;
    if (next === undefined) break;
    before = next;
  }
  return null;
}
export const readDiff = (from: string, to: string, environment: string | undefined, signal: AbortSignal) => ask(routes.readDiff, { query: { from, to, environment }, signal });
export const listHolds = (signal: AbortSignal) => ask(routes.listHolds, { signal });
