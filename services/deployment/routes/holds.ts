import { audit } from '../../kit/adapters/audit.ts';
import type { Database } from '../../kit/adapters/postgres.ts';
import type { Handlers } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import { activeHolds, liftHold as lift } from '../adapters/holds.ts';
import type { deployment } from '../contract.ts';
import { mustBePerson } from './known.ts';

/** GET /v1/holds. */
export function listHolds(database: Database): Handlers<typeof deployment>['listHolds'] {
  return async () => ({ status: 200, body: { holds: await activeHolds(database) } });
}

/** POST /v1/holds/:id/lifting. */
export function liftHold(database: Database): Handlers<typeof deployment>['liftHold'] {
  return async (call) => {
    const person = mustBePerson(call.person);
    const id = Number(call.params['id']);
    const hold = await database.transaction(async (sql) => {
      const lifted = await lift(sql, id, person.name);
      if (lifted === null) throw problem('not_found', `There is no hold ${String(id)}.`, { fix: 'GET /v1/holds lists them.' });
      const { environment, subject, value } = lifted;
      await audit(sql, { person: person.name, action: 'deployment.liftHold', subject: String(id), detail: { environment, subject, value, body: call.body }, traceId: call.traceId });
      return lifted;
    });
    return { status: 200, body: hold };
  };
}
