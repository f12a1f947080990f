import type { Request, RequestHandler, Response } from 'express';
import type { Person } from '../../kit/kit.ts';
import type { Problem } from '../../kit/problem.ts';
import { stateOf } from '../../kit/request-state.ts';
import { span } from '../../kit/telemetry.ts';

/** One request on its way; each step writes down what it found out for those after it. */
export interface Passage {
  readonly request: Request;
  readonly response: Response;
  /** Where it comes from: what the rate limit counts for people nobody vouches for. */
  readonly address: string;
  /** The bearer token, from the header or from the session. */
  token: string | null;
  person: Person | null;
  /** Why the token was not believed. Kept, not thrown: the rate limit has to count the try first. */
  refusal: Problem | null;
  /** The body as it came, once it has been found harmless. */
  body: Buffer | null;
}
/** One check or one act. @throws Problem that ends the request */
export type Step = (passage: Passage) => Promise<void>;

/**
 * Express middleware that takes a request through named steps, one after the other. Each is a span of its own, so the
 * journey shows where a request was stopped.
 * @param path the route's pattern, which names the server's span
 */
export function through(passageOf: (request: Request, response: Response) => Passage, steps: Readonly<Record<string, Step>>, path?: string): RequestHandler {
  const named = Object.entries(steps);
  return async (request, response, next) => {
    if (path !== undefined) stateOf(request).nameRoute(path);
    const passage = passageOf(request, response);
    for (const [name, step] of named) await span(name, { kind: 'internal' }, () => step(passage));
    if (!response.headersSent) next();
  };
}
