import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { Store } from '../adapters/journey-port.ts';
import { readJourney } from './journey-events.ts';

/** @param retentionDays how long spans stay where they are monitoring's own: a question for an older one is told so */
export function journey(store: Store, retentionDays: number) {
  return async ({ params }: RouteRequest): Promise<Answer> => {
    const traceId = params['traceId'] ?? '';
    const found = await readJourney(store, traceId);
    if (found.hops.length + found.open.length + found.logs.length + found.omitted.spans + found.omitted.logs === 0) {
      throw problem('not_found', `No span of the trace ${traceId} is here.`, { fix: `Spans arrive within a second and ${store.sources.hops === 'own' ? `stay for ${retentionDays === 1 ? 'one day' : `${retentionDays} days`}` : 'are read from Jaeger, which has those that it was sent and keeps them as long as it likes'}: it may have expired, its trace may not have been sampled, or the id may be mistyped. Check the id, or choose one of GET /v1/journeys.` });
    }
    return { status: 200, body: found };
  };
}
