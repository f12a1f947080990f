import type { RouteSet } from '../../kit/contract.ts';
import { held } from './history.ts';
import { all, reason } from './shape.ts';

/** What an admin does about what may not come back. */
export const holdActRoutes = {
  liftHold: {
    method: 'post', path: '/v1/holds/:id/lifting', access: 'admin', public: true, about: 'Lets something be promoted again.',
    params: all({ id: { type: 'string', pattern: '^[1-9][0-9]{0,8}$' } }), body: all({ reason }), answers: { 200: held },
  },
} as const satisfies RouteSet;
