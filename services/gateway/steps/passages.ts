import type { Request, Response } from 'express';
import { clientAddress } from '../domain/address.ts';
import type { Passage } from './step.ts';

/**
 * Finds the passage of a request, the same for all of its steps.
 * @param behindProxy is there a proxy that ends TLS before us?
 */
export function passages(behindProxy: boolean): (request: Request, response: Response) => Passage {
  const known = new WeakMap<Request, Passage>();
  return (request, response) => {
    const before = known.get(request);
    if (before) return before;
    const address = clientAddress(request.socket.remoteAddress, request.get('x-forwarded-for'), behindProxy);
    const passage: Passage = { request, response, address, token: null, person: null, refusal: null, body: null };
    known.set(request, passage);
    return passage;
  };
}
