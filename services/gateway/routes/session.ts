import type { Handlers } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { gateway } from '../contract.ts';

/** GET /v1/sessions/current: who is signed in, by cookie or by token. */
export function session(): Handlers<typeof gateway>['session'] {
  return async ({ person }) => {
    if (person === null) throw problem('unauthenticated', 'Nobody is signed in.');
    return { status: 200, body: { name: person.name, roles: person.roles }, headers: { 'cache-control': 'no-store' } };
  };
}
