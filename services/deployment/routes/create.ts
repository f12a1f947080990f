import type { Handlers } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { deployment } from '../contract.ts';
import { isReleaseAsk, type ReleaseAsk } from '../domain/asks.ts';
import { misfit } from '../domain/declared.ts';
import type { Change } from '../domain/proposal.ts';
import type { Ways } from '../ways.ts';
import { taken } from './ask.ts';
import { mustBeEnvironment, mustBeWorkload } from './known.ts';

/** POST /v1/deployments. */
export function create(ways: Ways): Handlers<typeof deployment>['create'] {
  return async (call) => {
    const { body: ask } = call;
    if (!isReleaseAsk(ask)) throw problem('invalid_body', 'Send workload, environment, revision and reason.');
    return taken(ways, call, { action: 'deployment.create', ask, change: () => changeOf(ways, ask) });
  };
}

async function changeOf({ repository }: Ways, { environment, workload, revision }: ReleaseAsk): Promise<Change> {
  const journey = await mustBeEnvironment(repository, await repository.tip(), environment);
  mustBeWorkload(journey, environment, workload);
  const { after } = journey.delivery;
  if (after !== undefined) {
    throw problem('invalid_body', `${environment} takes only what runs in ${after}: no stage is skipped.`, { fix: `POST /v1/promotions {"from": "${after}", "to": "${environment}", "workloads": ["${workload}"], …}.` });
  }
  const wrong = misfit(journey, environment, revision);
  if (wrong !== null) throw problem('invalid_body', wrong.detail, { fix: wrong.fix });
  if (/^[0-9a-f]{40}$/.test(revision) && !await repository.exists(revision)) {
    throw problem('invalid_body', `The repository has no commit ${revision}.`, { fix: 'Push it there first; GET /v1/history lists what is on main.' });
  }
  return { kind: 'release', environment, workload, release: revision };
}
