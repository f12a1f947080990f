import type { Database } from '../../kit/adapters/postgres.ts';
import type { Handlers } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import { requestById } from '../adapters/requests.ts';
import type { deployment } from '../contract.ts';

/** GET /v1/deployments/:id */
export function read(database: Database): Handlers<typeof deployment>['read'] {
  return async ({ params }) => {
    const id = params['id'] ?? '';
    const request = await requestById(database, id);
    if (request === null) throw problem('not_found', `There is no request ${id}.`, { fix: 'GET /v1/deployments lists the newest.' });
    return { status: 200, body: request };
  };
}
