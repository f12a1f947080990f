import { saidComeBack } from '../../kit/event-stream.ts';
import { stateOf } from '../../kit/request-state.ts';
import type { Streams } from '../../kit/streams.ts';
import type { Outgoing, Upstream } from '../adapters/upstream.ts';
import { requestHeaders } from '../domain/headers.ts';
import type { Forwarding } from '../domain/table.ts';
import type { Passage, Step } from './step.ts';

const methods = { get: 'GET', post: 'POST', put: 'PUT', delete: 'DELETE' } as const;

/**
 * Hands the request to the service that owns the route, and its answer back as it comes.
 * @throws Problem `unavailable` when no more streams fit; what `Upstream` throws
 */
export function forward(entry: Forwarding, upstream: Upstream, streams: Streams): Step {
  return async (passage) => {
    const { request, response, address, token, body } = passage;
    const headers = {
      ...requestHeaders(request.headers),
      'x-forwarded-for': address,
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    };
    const outgoing: Outgoing = { method: request.method === 'HEAD' ? 'HEAD' : methods[entry.method], path: request.originalUrl, route: entry.path, headers, body, slow: entry.slow };
    await (entry.stream ? stream(passage, upstream, streams, outgoing) : upstream.send(outgoing, response));
  };
}

/** A stream has a place for as long as it lasts. */
function stream({ request, response, person, address }: Passage, upstream: Upstream, streams: Streams, outgoing: Outgoing): Promise<void> {
  const state = stateOf(request);
  if (state.signal.aborted || (streams.ended && saidComeBack(response))) return Promise.resolve();
  response.once('close', streams.take(person?.name ?? address, () => state.abort(new Error('the process stops'))));
  return upstream.stream(outgoing, response, state);
}
