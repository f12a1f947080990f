import { audit } from '../../kit/adapters/audit.ts';
import type { Answer, Handlers, RouteRequest } from '../../kit/kit.ts';
import type { deployment } from '../contract.ts';
import type { LiveEnvironment } from '../domain/live.ts';
import type { Ways } from '../ways.ts';
import { valueIn } from './body.ts';
import { mustBeWatched } from './environments.ts';
import { mustBePerson } from './known.ts';

/** POST /v1/environments/:environment/sync. */
export function sync(ways: Ways): Handlers<typeof deployment>['sync'] {
  return (call) => recorded(ways, call, 'deployment.sync', { reason: valueIn(call.body, 'reason') }, 202, (name) => ways.board.engine.sync(name));
}

/** PUT /v1/environments/:environment/automatic. */
export function setAutomatic(ways: Ways): Handlers<typeof deployment>['setAutomatic'] {
  const wanted = (call: RouteRequest) => valueIn(call.body, 'automatic') === true;
  return (call) => recorded(ways, call, 'deployment.setAutomatic', { automatic: wanted(call), reason: valueIn(call.body, 'reason') }, 200, (name) => ways.board.engine.setAutomatic(name, wanted(call)));
}

/** The engine acts last before the commit: nothing is done without its audit record. */
async function recorded(ways: Ways, call: RouteRequest, action: string, detail: Readonly<Record<string, unknown>>, status: number, act: (environment: string) => Promise<LiveEnvironment>): Promise<Answer> {
  const person = mustBePerson(call.person);
  const name = call.params['environment'] ?? '';
  await mustBeWatched(ways, name);
  const live = await ways.database.transaction(async (sql) => {
    await audit(sql, { person: person.name, action, subject: name, detail, traceId: call.traceId });
    return act(name);
  });
  return { status, body: live };
}
