import { problem } from '../../kit/problem.ts';
import type { Sessions } from '../adapters/sessions.ts';
import { askedOf } from '../adapters/asked.ts';
import { forged } from '../domain/cross-site.ts';
import type { Step } from './step.ts';

/**
 * Turns the session cookie into the token it stands for. A token of the caller's own wins: nobody's browser adds that
 * by itself, so it needs no protection from other sites.
 * @throws Problem `forbidden` for a request that another site may have made, `unavailable` when sessions cannot be read
 */
export function session(sessions: Sessions): Step {
  return async (passage) => {
    const { headers } = passage.request;
    // What the outside says about itself is replaced, before anybody reads it.
    headers['x-forwarded-for'] = passage.address;
    if (headers.authorization !== undefined) return;
    const id = sessions.idIn(headers.cookie);
    if (id === null) return;
    const why = forged(askedOf(passage.request));
    if (why !== null) throw problem('forbidden', `Refused, because ${why}.`, { fix: 'Send it from the dashboard, or with a bearer token in place of the cookie.' });
    const token = await sessions.tokenOf(id);
    if (token !== null) headers.authorization = `Bearer ${token}`;
  };
}
