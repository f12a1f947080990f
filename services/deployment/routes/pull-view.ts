import type { Pull } from '../adapters/forge-port.ts';
import { proposalOf } from '../adapters/proposals.ts';
import { trackedByIds } from '../adapters/requests.ts';
import { hindrances, needed } from '../domain/merge-rule.ts';
import { AUTOMATIC } from '../domain/request.ts';
import type { Tracked } from '../domain/tracked.ts';
import { deliveriesOf } from '../steps/guarded.ts';
import { environmentsOf, mergeCaseOf } from '../steps/merge-case.ts';
import type { Ways } from '../ways.ts';

/** The contract's `pull`. */
export interface PullView extends Omit<Pull, 'key' | 'comments'> {
  readonly needed: number;
  readonly environments: readonly string[];
  /** The request that it is for. */
  readonly change?: string;
  readonly mergeable: boolean;
  readonly hindrances: readonly string[];
}

/** A pull request of the forge with what this service knows of it: whether it may be merged now, and if not, why. */
export async function pullView(ways: Ways, pull: Pull, tracked?: Tracked): Promise<PullView> {
  const request = tracked ?? (await trackedByIds(ways.database, [pull.key])).get(pull.key);
  const { key: _, comments: __, ...shown } = pull;
  if (request === undefined) return { ...shown, needed: 0, environments: [], mergeable: false, hindrances: ['It was not opened here: decide about it at the forge.'] };
  const tip = await ways.repository.tip();
  if (pull.state !== 'open') {
    const proposed = (await proposalOf(ways.database, request.request.id, pull.head))?.proposed;
    const environments = environmentsOf(request, proposed);
    const { kind, environment, requestedBy } = request.request;
    const wanted = needed({ kind, environment, automatic: requestedBy === AUTOMATIC, environments: await deliveriesOf(ways.repository, tip, environments) });
    return { ...shown, needed: wanted, environments, change: request.request.id, mergeable: false, hindrances: [pull.state === 'merged' ? 'It is merged already.' : 'It is closed: ask again.'] };
  }
  const one = await mergeCaseOf(ways, request, pull, { tip });
  const why = hindrances(one);
  return { ...shown, needed: needed(one), environments: one.environments.map(({ name }) => name), change: request.request.id, mergeable: why.length === 0, hindrances: why };
}
