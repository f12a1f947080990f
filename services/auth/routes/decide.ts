import type { Database } from '../../kit/adapters/postgres.ts';
import type { Handlers } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import { personByName } from '../adapters/people.ts';
import type { auth } from '../contract.ts';
import { decide as decideFor } from '../domain/permissions.ts';

/** POST /v1/decisions. The token says who asks; what they may do is read from the database, now. */
export function decide(database: Database): Handlers<typeof auth>['decide'] {
  return async ({ body, person }) => {
    if (person === null) throw problem('unauthenticated', 'A decision is about the bearer of a token.');
    if (typeof body !== 'object' || body === null || !('action' in body) || typeof body.action !== 'string') {
      throw problem('invalid_body', 'Send an action, such as "deployment.create".');
    }
    return { status: 200, body: decideFor(await personByName(database, person.name), body.action) };
  };
}
