import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { Store } from '../adapters/journey-port.ts';
import { readJourney } from './journey-events.ts';

export function journey(store: Store) {
  return async ({ params }: RouteRequest): Promise<Answer> => {
    const traceId = params['traceId'] ?? '';
    const found = await readJourney(store, traceId);
    if (found.hops.length + found.open.length + found.logs.length + found.omitted.spans + found.omitted.logs === 0) {
      throw problem('not_found', `No span of the trace ${traceId} is here.`, { fix: 'Spans arrive within a second and stay for 7 days; check the id.' });
    }
    return { status: 200, body: found };
  };
}
