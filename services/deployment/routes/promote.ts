import type { Handlers } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { deployment } from '../contract.ts';
import { isPromotionAsk, type PromotionAsk } from '../domain/asks.ts';
import { releaseOf, workloadsOf } from '../domain/declared.ts';
import type { Change } from '../domain/proposal.ts';
import type { Ways } from '../ways.ts';
import { taken } from './ask.ts';
import { mustBeEnvironment, mustBeWorkload } from './known.ts';

/** POST /v1/promotions. */
export function promote(ways: Ways): Handlers<typeof deployment>['promote'] {
  return async (call) => {
    const { body: ask } = call;
    if (!isPromotionAsk(ask)) throw problem('invalid_body', 'Send from, to and reason.');
    return taken(ways, call, { action: 'deployment.promote', ask, change: () => changeOf(ways, ask) });
  };
}

async function changeOf({ repository }: Ways, { from, to, workloads }: PromotionAsk): Promise<Change> {
  const tip = await repository.tip();
  const [source, target] = [await mustBeEnvironment(repository, tip, from), await mustBeEnvironment(repository, tip, to)];
  const { after } = target.delivery;
  if (after === undefined) throw problem('invalid_body', `${to} is a first stage: nothing is promoted to it.`, { fix: 'Ask for its release: POST /v1/deployments.' });
  if (after !== from) throw problem('invalid_body', `${to} takes what runs in ${after}, not in ${from}: no stage is skipped.`, { fix: `Send "from": "${after}".` });
  for (const name of workloads ?? []) {
    mustBeWorkload(source, from, name);
    mustBeWorkload(target, to, name);
  }
  const chosen = workloads === undefined || workloads.length === 0 ? workloadsOf(target).filter((name) => releaseOf(source, name) !== 'unbuilt') : workloads;
  const unbuilt = chosen.filter((name) => releaseOf(source, name) === 'unbuilt');
  if (chosen.length === 0 || unbuilt.length > 0) {
    throw problem('conflict', `${unbuilt.length === 0 ? 'Everything' : unbuilt.join(', ')} in ${from} is unbuilt, and what was never built is not promoted.`, { fix: `Build it and release it in ${from} first.` });
  }
  return { kind: 'promotion', from, to, workloads: chosen };
}
