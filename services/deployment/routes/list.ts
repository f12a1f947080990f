import type { Database } from '../../kit/adapters/postgres.ts';
import type { Handlers } from '../../kit/kit.ts';
import { newestRequests } from '../adapters/requests.ts';
import type { deployment } from '../contract.ts';

/** GET /v1/deployments: the newest 50, of one journey or one pull request if asked so. */
export function list(database: Database): Handlers<typeof deployment>['list'] {
  return async ({ query: { traceId, pull } }) => {
    const wanted = { ...(typeof traceId === 'string' && { traceId }), ...(typeof pull === 'number' && { pull }) };
    return { status: 200, body: { deployments: await newestRequests(database, wanted) } };
  };
}
