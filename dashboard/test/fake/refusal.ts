import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Route } from '../../../services/kit/contract.ts';
import type { AnswerOf } from '../../api/ask.ts';
import type { Person } from '../../api/session.ts';

type Problem = Readonly<Record<string, unknown>> & { readonly status: number };
export class Refusal extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(String(problem['title']));
    this.problem = problem;
  }
}

export interface Asked {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly person: Person | undefined;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}
export interface Answer { readonly route: Route; readonly pattern: RegExp; readonly handle: (asked: Asked) => unknown }

/** What the fake answers on a route; the compiler holds it to the contract, and so does ajv when it is sent. */
export function on<const R extends Route>(route: R, handle: (asked: Asked) => AnswerOf<R>): Answer {
  return { route, handle, pattern: new RegExp(`^${route.path.replaceAll(/:([A-Za-z]+)/g, '(?<$1>[^/]+)')}$`) };
}

export function signedIn(person: Person | undefined): Person {
  if (person) return person;
  throw new Refusal({ status: 401, code: 'unauthenticated', title: 'Nobody vouches for this request', detail: 'There is no session.', fix: 'Sign in.' });
}

export function mustHave(person: Person | undefined, role: 'operator' | 'admin'): Person {
  const { name, roles } = signedIn(person);
  if (roles.includes('admin') || roles.includes(role)) return { name, roles };
  throw new Refusal({ status: 403, code: 'forbidden', title: 'This is not allowed', detail: `${name} has not the role ${role}.`, fix: 'Ask an admin for the role.', at: 'auth' });
}

export const randomHex = (figures: number) => randomBytes(figures / 2).toString('hex');
export const traceIdNow = () => randomHex(32);
