import type { Handlers, RouteRequest } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { Pull } from '../adapters/forge-port.ts';
import { proposalOf } from '../adapters/proposals.ts';
import { trackedByIds } from '../adapters/requests.ts';
import type { deployment } from '../contract.ts';
import type { Tracked } from '../domain/tracked.ts';
import { checksOf } from '../steps/merge-case.ts';
import type { Ways } from '../ways.ts';
import { pullView } from './pull-view.ts';

/** GET /v1/pulls: what is open, then what ended last. */
export function listPulls(ways: Ways): Handlers<typeof deployment>['listPulls'] {
  return async () => {
    const { pulls, unlisted } = await ways.forge.list();
    const known = await trackedByIds(ways.database, pulls.map(({ key }) => key));
    return { status: 200, body: { forge: ways.forge.name, unlisted, pulls: await Promise.all(pulls.map((pull) => pullView(ways, pull, known.get(pull.key)))) } };
  };
}

/** GET /v1/pulls/:number: with its semantic diff and what was checked. */
export function readPull(ways: Ways): Handlers<typeof deployment>['readPull'] {
  return async (call) => {
    const { pull, tracked } = await pullIn(ways, call);
    const kept = tracked === undefined ? null : await proposalOf(ways.database, tracked.request.id, pull.head);
    const known = tracked === undefined || kept === null ? [] : await checksOf(ways, tracked, kept);
    // What was not ready when it was merged or closed is waited for by nobody.
    const checks = pull.state === 'open' ? known : known.filter(({ running }) => running !== true);
    return {
      status: 200,
      body: { pull: await pullView(ways, pull, tracked), checks: checks.map(({ name, passed, running = false, said }) => ({ name, passed, running, said })), ...(kept === null ? {} : { diff: kept.proposed.diff }) },
    };
  };
}

export interface Found { readonly pull: Pull; readonly tracked: Tracked | undefined }

/** The pull request that a path names. @throws Problem `not_found` */
export async function pullIn({ forge, database }: Ways, { params }: RouteRequest): Promise<Found> {
  const number = params['number'] ?? '';
  const pull = await forge.read(Number(number));
  if (pull === null) throw problem('not_found', `There is no pull request ${number}.`, { fix: 'GET /v1/pulls lists the newest.' });
  return { pull, tracked: (await trackedByIds(database, [pull.key])).get(pull.key) };
}

/** Of what was opened here: everything else is decided at the forge. @throws Problem `conflict` */
export async function ownPullIn(ways: Ways, call: RouteRequest): Promise<{ readonly pull: Pull; readonly tracked: Tracked }> {
  const { pull, tracked } = await pullIn(ways, call);
  if (tracked === undefined) throw problem('conflict', `Pull request ${String(pull.number)} was not opened here.`, { fix: 'Decide about it at the forge.' });
  return { pull, tracked };
}
