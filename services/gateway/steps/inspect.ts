import type { Request } from 'express';
import { DEEPEST, isDeeperThan, readBytes } from '../../kit/body.ts';
import { problem } from '../../kit/problem.ts';
import type { Forwarding } from '../domain/table.ts';
import type { Step } from './step.ts';

/**
 * Reads the body: JSON by its type, not too large, not too deep. It is not parsed here; the service that owns the
 * route does that.
 * @throws Problem `unsupported_media`, `too_large`, `too_deep`, `bad_request`
 */
export function inspect(entry: Forwarding): Step {
  return async (passage) => {
    const { request, response } = passage;
    // What a GET carries has no meaning (RFC 9110 §9.3.1) and goes nowhere.
    if (entry.method === 'get' || !hasBody(request)) return;
    if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
      throw problem('unsupported_media', 'The Content-Type is not application/json.', { headers: { accept: 'application/json' } });
    }
    const body = await readBytes(request, response, entry.maxBytes);
    if (isDeeperThan(body, DEEPEST)) throw problem('too_deep', `The body has more than ${String(DEEPEST)} levels.`);
    passage.body = body;
  };
}

/** RFC 9112 §6.3: a request has a body when one of the two says so. */
function hasBody(request: Request): boolean {
  const length = request.headers['content-length'];
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}
