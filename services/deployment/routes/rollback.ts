import type { Handlers } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { deployment } from '../contract.ts';
import { isRollbackAsk, type RollbackAsk } from '../domain/asks.ts';
import { mostGuarded, unconfirmedText } from '../domain/delivery.ts';
import type { Change } from '../domain/proposal.ts';
import { deliveriesOf, touchedAt } from '../steps/guarded.ts';
import type { Ways } from '../ways.ts';
import { taken } from './ask.ts';
import { mustBeEnvironment } from './known.ts';

/** POST /v1/rollbacks. */
export function rollback(ways: Ways): Handlers<typeof deployment>['rollback'] {
  return async (call) => {
    const { body: ask } = call;
    if (!isRollbackAsk(ask)) throw problem('invalid_body', 'Send environment, commit and reason.');
    return taken(ways, call, { action: 'deployment.rollback', ask, change: () => changeOf(ways, ask) });
  };
}

async function changeOf({ repository }: Ways, { environment, commit, confirm }: RollbackAsk): Promise<Change> {
  const tip = await repository.tip('now');
  await mustBeEnvironment(repository, tip, environment);
  // The commit is taken back as a whole: of every environment that it changed, whichever is named.
  const there = await repository.contains(tip, commit);
  const guarded = mostGuarded([...await deliveriesOf(repository, tip, [environment]), ...(there ? await touchedAt(repository, tip, commit) : [])]);
  if (guarded !== undefined && confirm !== guarded.name) {
    const { detail, fix } = unconfirmedText(guarded, environment);
    throw problem('invalid_body', detail, { fix });
  }
  if (!there) throw problem('invalid_body', `main does not hold the commit ${commit}.`, { fix: 'GET /v1/history lists what can be taken back.' });
  const [found] = await repository.history(commit, 1);
  if (found?.parents[0] === undefined) throw problem('invalid_body', 'The first commit of all cannot be taken back.', { fix: 'GET /v1/history lists what can be taken back.' });
  return { kind: 'rollback', environment, commit, ...(confirm === undefined ? {} : { confirm }) };
}
