import type { Call } from '../../kit/client.ts';
import type { Endpoint } from '../../kit/contract.ts';
import { problem } from '../../kit/problem.ts';
import type { Forwarding } from '../domain/table.ts';
import type { Step } from './step.ts';

/**
 * Whatever changes something is decided by auth, from what the person is now and not from what the token remembers.
 * @throws Problem `forbidden` with auth's reason; `upstream_…` at auth: without a decision nothing passes
 */
export function authorize(entry: Forwarding, call: Call, auth: Endpoint): Step {
  const free = entry.access === 'anyone' || entry.method === 'get';
  return async ({ token }) => {
    if (free) return;
    const answer = await call(auth, { method: 'POST', path: '/v1/decisions', body: { action: entry.action }, token });
    const { allowed, reason } = decisionOf(answer.body);
    if (!allowed) throw problem('forbidden', `${reason}.`, { at: auth.service });
  };
}

/** Anything but a clear yes is a no. */
function decisionOf(body: unknown): { readonly allowed: boolean; readonly reason: string } {
  if (typeof body !== 'object' || body === null || !('allowed' in body) || !('reason' in body)) return { allowed: false, reason: 'auth gave no decision' };
  return { allowed: body.allowed === true, reason: typeof body.reason === 'string' ? body.reason : 'auth gave no reason' };
}
