import type { ServerEvent } from '../../kit/event-stream.ts';
import type { Answer, RouteRequest } from '../../kit/kit.ts';
import type { Arrivals } from '../adapters/arrivals.ts';
import type { LogStore } from '../adapters/log-port.ts';
import type { Term } from '../domain/log-query.ts';
import { numberOf, termsOf } from './asked-logs.ts';

/** Under this name a line wakes whoever follows them all; no trace has it. */
export const ANY_LINE = 'any line';
/** The same for hops. */
export const ANY_HOP = 'any hop';
/** What another replica has written is seen by asking. */
const ASK_MS = 1000;
/** Lines in one event, at most. */
const PAGE = 500;

/** GET /v1/logs/tail. The id of each event is that of the last line that was looked at. */
export function logTail(store: LogStore, arrivals: Arrivals) {
  return async ({ query, header, signal }: RouteRequest): Promise<Answer> => {
    const terms = termsOf(query);
    const resumed = /^\d{1,16}$/.exec(header('last-event-id') ?? '')?.[0];
    const newest = await store.newest();
    const after = Math.min(resumed === undefined ? numberOf(query['after']) ?? newest : Number(resumed), newest);
    return { status: 200, events: follow(store, terms, { after, newest }, arrivals, signal) };
  };
}

async function* follow(store: LogStore, terms: readonly Term[], { after, newest }: { readonly after: number; readonly newest: number }, arrivals: Arrivals, signal: AbortSignal): AsyncGenerator<ServerEvent, void, void> {
  // Before the first look: nothing falls between the look and the wait.
  const waiting = arrivals.wait(ANY_LINE);
  let told = Math.max(after, store.earliestTold(newest));
  try {
    // The first event gives an id to come back with, also when nothing matches for long.
    yield told > after ? { id: String(told), event: 'skipped', data: { from: after + 1, to: told } } : { id: String(told), event: 'begin', data: { after: told } };
    while (!signal.aborted) {
      const upTo = await store.newest();
      while (told < upTo && !signal.aborted) {
        const lines = await store.since(terms, told, upTo, PAGE);
        told = lines.length < PAGE ? upTo : lines.at(-1)?.id ?? upTo;
        if (lines.length > 0) yield { id: String(told), event: 'lines', data: { lines } };
      }
      await waiting.next(ASK_MS, signal);
    }
  } finally {
    waiting.forget();
  }
}
