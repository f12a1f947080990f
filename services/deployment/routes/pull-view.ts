import type { Approval, Pull } from '../adapters/forge-port.ts';
import { proposalOf } from '../adapters/proposals.ts';
import { trackedByIds } from '../adapters/requests.ts';
import { adminsOwn, approvers, hindrances, needed, type GivenApproval } from '../domain/merge-rule.ts';
import { AUTOMATIC } from '../domain/request.ts';
import type { Tracked } from '../domain/tracked.ts';
import { deliveriesOf } from '../steps/guarded.ts';
import { approvalsOf, environmentsOf, mergeCaseOf } from '../steps/merge-case.ts';
import type { Ways } from '../ways.ts';

/** The contract's `pull`. */
export interface PullView extends Omit<Pull, 'key' | 'comments' | 'approvals'> {
  readonly approvals: readonly ShownApproval[];
  readonly needed: number;
  /** The environment for which an admin has to approve. */
  readonly adminFor?: string;
  readonly environments: readonly string[];
  /** The request that it is for. */
  readonly change?: string;
  readonly mergeable: boolean;
  readonly hindrances: readonly string[];
}
interface ShownApproval extends Approval { readonly counts: boolean }

/** A pull request of the forge with what this service knows of it: whether it may be merged now, and if not, why. */
export async function pullView(ways: Ways, pull: Pull, tracked?: Tracked): Promise<PullView> {
  const request = tracked ?? (await trackedByIds(ways.database, [pull.key])).get(pull.key);
  const { key: _, comments: __, ...shown } = pull;
  if (request === undefined) {
    const approvals = counted(pull, pull.approvals.map(({ by, commit }) => ({ by, commit, admin: false, sameDiff: false })), pull.author);
    return { ...shown, approvals, needed: 0, environments: [], mergeable: false, hindrances: ['It was not opened here: decide about it at the forge.'] };
  }
  const { id: change, requestedBy } = request.request;
  const tip = await ways.repository.tip();
  if (pull.state !== 'open') {
    const [kept, given] = await Promise.all([proposalOf(ways.database, change, pull.head), approvalsOf(ways, request, pull)]);
    const environments = environmentsOf(request, kept?.proposed);
    const { kind, environment } = request.request;
    const one = { kind, environment, automatic: requestedBy === AUTOMATIC, environments: await deliveriesOf(ways.repository, tip, environments) };
    return { ...shown, approvals: counted(pull, given, requestedBy), ...wanted(one), environments, change, mergeable: false, hindrances: [pull.state === 'merged' ? 'It is merged already.' : 'It is closed: ask again.'] };
  }
  const one = await mergeCaseOf(ways, request, pull, { tip });
  const why = hindrances(one);
  return { ...shown, approvals: counted(pull, one.approvals, requestedBy), ...wanted(one), environments: one.environments.map(({ name }) => name), change, mergeable: why.length === 0, hindrances: why };
}

function wanted(one: Parameters<typeof needed>[0]): Pick<PullView, 'needed' | 'adminFor'> {
  const adminFor = adminsOwn(one);
  return { needed: needed(one), ...(adminFor === undefined ? {} : { adminFor }) };
}

/** Said here, by the rule that decides the merge, so that no client works it out anew. @param given what is known of each approval, in the forge's order */
function counted(pull: Pull, given: readonly GivenApproval[], requestedBy: string): readonly ShownApproval[] {
  const counting = new Set(approvers({ approvals: given, pull, requestedBy }));
  return given.flatMap((one, index) => {
    const approval = pull.approvals[index];
    return approval === undefined ? [] : [{ ...approval, counts: counting.has(one) }];
  });
}
