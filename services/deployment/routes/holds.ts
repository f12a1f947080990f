import { audit } from '../../kit/adapters/audit.ts';
import type { Handlers } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { deployment } from '../contract.ts';
import type { Ways } from '../ways.ts';
import { textIn } from './body.ts';
import { mustBePerson } from './known.ts';

/** GET /v1/holds. */
export function listHolds({ forge }: Ways): Handlers<typeof deployment>['listHolds'] {
  return async () => ({ status: 200, body: { holds: await forge.holds.active('now') } });
}

/** POST /v1/holds/:id/lifting. */
export function liftHold({ database, forge }: Ways): Handlers<typeof deployment>['liftHold'] {
  return async (call) => {
    const person = mustBePerson(call.person);
    const id = Number(call.params['id']);
    const unknown = () => problem('not_found', `There is no hold ${String(id)}.`, { fix: 'GET /v1/holds lists them.' });
    const hold = (await forge.holds.active('now')).find((one) => one.id === id);
    if (hold === undefined) throw unknown();
    const { environment, subject, value } = hold;
    // The record in git says who and why as well: should it be lifted and this not be committed, nothing is lost.
    await database.transaction(async (sql) => {
      await audit(sql, { person: person.name, action: 'deployment.liftHold', subject: String(id), detail: { environment, subject, value, body: call.body }, traceId: call.traceId });
      if (await forge.holds.lift(id, { by: person.name, reason: textIn(call.body, 'reason') }) === null) throw unknown();
    });
    return { status: 200, body: hold };
  };
}
