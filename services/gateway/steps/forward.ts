import type { Upstream } from '../adapters/upstream.ts';
import { requestHeaders } from '../domain/headers.ts';
import type { Forwarding } from '../domain/table.ts';
import type { Step } from './step.ts';

const methods = { get: 'GET', post: 'POST', put: 'PUT', delete: 'DELETE' } as const;

/** Hands the request to the service that owns the route, and its answer back as it comes. */
export function forward(entry: Forwarding, upstream: Upstream): Step {
  return async ({ request, response, address, token, body }) => {
    const headers = {
      ...requestHeaders(request.headers),
      'x-forwarded-for': address,
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    };
    await upstream.send({ method: request.method === 'HEAD' ? 'HEAD' : methods[entry.method], path: request.originalUrl, route: entry.path, headers, body }, response);
  };
}
