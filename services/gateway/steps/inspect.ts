import type { IncomingMessage } from 'node:http';
import { problem, Problem } from '../../kit/problem.ts';
import { deeperThan } from '../domain/depth.ts';
import type { Forwarding } from '../domain/table.ts';
import type { Step } from './step.ts';

/** As deep as the services accept: deeper bodies need not travel. */
const mostLevels = 32;

/**
 * Reads the body: JSON, not too large, not too deep. It is not parsed here; the service that owns the route does that.
 * @throws Problem `unsupported_media`, `too_large`, `too_deep`
 */
export function inspect(entry: Forwarding): Step {
  return async (passage) => {
    const { request } = passage;
    // What a GET carries has no meaning (RFC 9110 §9.3.1) and goes nowhere.
    if (entry.method === 'get' || !hasBody(request)) return;
    const type = request.headers['content-type'] ?? '';
    if (!/^application\/json *(;|$)/i.test(type)) throw problem('unsupported_media', 'The body must be application/json.');
    if (request.headers['content-encoding'] !== undefined) {
      throw problem('unsupported_media', 'A compressed body cannot be inspected.', { fix: 'Send it without Content-Encoding.' });
    }
    const body = await bytesOf(request, entry.maxBytes);
    if (deeperThan(mostLevels, body)) throw problem('too_deep', `The body is nested deeper than ${String(mostLevels)} levels.`);
    passage.body = body;
  };
}

/** RFC 9112 §6.3: a request has a body when one of the two says so. */
function hasBody(request: IncomingMessage): boolean {
  const length = request.headers['content-length'];
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

async function bytesOf(request: IncomingMessage, most: number): Promise<Buffer> {
  // Announced too large: not one byte is read.
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const refuse = (error: Problem) => { request.off('data', take); reject(error); };
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size > most) refuse(tooLarge(most));
      else chunks.push(chunk);
    };
    request.on('data', take);
    request.once('end', () => { resolve(Buffer.concat(chunks)); });
    request.once('error', (cause) => { refuse(problem('bad_request', 'The body ended early.', { cause })); });
  });
}

function tooLarge(most: number): Problem {
  return problem('too_large', `The body is larger than the ${String(most)} bytes this route takes.`);
}
