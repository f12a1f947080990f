import type { ServerEvent } from '../../kit/event-stream.ts';
import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { pause } from '../../kit/pause.ts';
import type { Arrivals } from '../adapters/arrivals.ts';
import type { Store } from '../adapters/journey-port.ts';
import { journeyOf, type Journey } from '../domain/journey.ts';

type Kept = Pick<Store, 'sources' | 'spansOf' | 'openSpansOf' | 'logsOf'>;
/** What another replica has written is seen by asking. */
const ASK_MS = 1000;
/** A trace of which nothing came for so long has ended, or was never one. */
const QUIET_MS = 600_000;

/**
 * GET /v1/journeys/:traceId/events: the journey while it travels. Each event holds what is new: hops that ended and lines that
 * were logged since the last one, and all that is under way, and how many are left out. A client that comes back begins anew: hops are known by their id.
 */
export function journeyEvents(store: Kept, arrivals: Arrivals) {
  return ({ params, signal }: RouteRequest): Promise<Answer> => Promise.resolve({ status: 200, events: follow(store, arrivals, params['traceId'] ?? '', signal) });
}

/** The same from the store alone. */
export async function readJourney(store: Kept, traceId: string): Promise<Journey & Pick<Kept, 'sources'>> {
  const [spans, open, logs] = await Promise.all([store.spansOf(traceId), store.openSpansOf(traceId), store.logsOf(traceId)]);
  return { ...journeyOf(traceId, spans, open, logs), sources: store.sources };
}

async function* follow(store: Kept, arrivals: Arrivals, traceId: string, signal: AbortSignal): AsyncGenerator<ServerEvent, void, void> {
  // Before the first look: nothing falls between the look and the wait.
  const waiting = arrivals.wait(traceId);
  const told = { hops: new Set<string>(), state: '0,0', lines: new Map<string, number>() };
  let heard = performance.now();
  try {
    while (!signal.aborted && performance.now() - heard < QUIET_MS) {
      const began = performance.now();
      const journey = await readJourney(store, traceId);
      const tookMs = performance.now() - began;
      const hops = journey.hops.filter(({ spanId }) => !told.hops.has(spanId));
      const logs = newLines(journey.logs, told.lines);
      const state = [journey.omitted.spans, journey.omitted.logs, ...journey.open.map(({ spanId }) => spanId)].join();
      if (hops.length > 0 || logs.length > 0 || state !== told.state) {
        for (const { spanId } of hops) told.hops.add(spanId);
        [told.state, heard] = [state, performance.now()];
        yield { id: String(told.hops.size), event: 'journey', data: { ...journey, hops, logs } };
      }
      // Whoever follows a large journey keeps the store busy for half of the time while it grows, and a twentieth of it afterwards.
      await pause(tookMs, signal);
      await waiting.next(Math.max(ASK_MS, 19 * tookMs), signal);
    }
  } finally {
    waiting.forget();
  }
}

/** Those that were not told yet. Lines have no ids here, come late and out of order, and may be equal: of equal ones it is told how many. */
function newLines(lines: Journey['logs'], told: Map<string, number>): Journey['logs'] {
  const seen = new Map<string, number>();
  return lines.filter((line) => {
    const key = JSON.stringify(line);
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    if (times <= (told.get(key) ?? 0)) return false;
    told.set(key, times);
    return true;
  });
}
