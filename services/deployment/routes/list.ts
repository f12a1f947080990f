import type { Database } from '../../kit/adapters/postgres.ts';
import type { Handlers } from '../../kit/kit.ts';
import { newestRequests } from '../adapters/requests.ts';
import type { deployment } from '../contract.ts';

/** GET /v1/deployments: the newest 50. */
export function list(database: Database): Handlers<typeof deployment>['list'] {
  return async () => ({ status: 200, body: { deployments: await newestRequests(database) } });
}
