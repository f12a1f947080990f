import { problem } from '../../kit/problem.ts';
import type { Forwarding } from '../domain/table.ts';
import type { Step } from './step.ts';

/**
 * Nobody passes without a token, except to routes for anyone. Whether the role is enough is said by auth (`authorize`)
 * and, once more, by the service that owns the route.
 * @throws Problem `unauthenticated`, or what went wrong when the token was checked
 */
export function admit(entry: Forwarding): Step {
  return async ({ person, refusal }) => {
    if (entry.access === 'anyone' || person !== null) return;
    throw refusal ?? problem('unauthenticated', 'This needs a token or a session.');
  };
}
