import type { Handlers } from '../../kit/kit.ts';
import type { Sessions } from '../adapters/sessions.ts';
import type { gateway } from '../contract.ts';

/** DELETE /v1/sessions/current: the session ends here, so a copied cookie is worth nothing from now on. */
export function signOut(sessions: Sessions): Handlers<typeof gateway>['signOut'] {
  return async ({ header }) => ({ status: 204, headers: { 'set-cookie': await sessions.end(sessions.idIn(header('cookie'))) } });
}
