import { adminApprovals } from '../adapters/approvals.ts';
import type { Pull } from '../adapters/forge-port.ts';
import { proposalOf, sameDiff, type KeptProposal } from '../adapters/proposals.ts';
import { openingOf } from '../adapters/window.ts';
import { UNKNOWN, type Delivery } from '../domain/delivery.ts';
import type { Check, GivenApproval, MergeCase, TargetEnvironment } from '../domain/merge-rule.ts';
import type { Proposed } from '../domain/proposal.ts';
import { AUTOMATIC } from '../domain/request.ts';
import { stageHindrances } from '../domain/stage.ts';
import type { Tracked } from '../domain/tracked.ts';
import type { Ways } from '../ways.ts';
import { preparationsOf } from './prepare.ts';

/** Gathers all that decides whether a pull request may be merged now. @throws Problem while the forge is away */
export async function mergeCaseOf(ways: Ways, tracked: Tracked, pull: Pull, { tip, lookedAt = pull.head }: { readonly tip: string; readonly lookedAt?: string }): Promise<MergeCase> {
  const { database } = ways;
  const { request } = tracked;
  const [kept, approvals, holds] = await Promise.all([proposalOf(database, request.id, pull.head), approvalsOf(ways, tracked, pull), ways.forge.holds.active('now')]);
  return {
    // What nobody knows is waved through for nobody.
    kind: request.kind, automatic: request.requestedBy === AUTOMATIC && kept !== null, environment: request.environment, requestedBy: request.requestedBy, pull, lookedAt, tip, holds,
    ...(tracked.problem === undefined ? {} : { stuck: tracked.problem }),
    facts: kept?.proposed.facts ?? [],
    checks: kept === null ? [{ name: 'proposal', passed: false, said: ['nobody knows what it changes'] }] : await checksOf(ways, tracked, kept),
    approvals,
    alertsWatched: ways.alerts.watched,
    environments: await Promise.all(environmentsOf(tracked, kept?.proposed).map((name) => targetOf(ways, tracked, name, tip, kept?.proposed))),
  };
}

/** The forge's approvals in its order, each with what only this service knows of it. */
export async function approvalsOf({ database }: Ways, { request }: Tracked, { head, approvals }: Pull): Promise<readonly GivenApproval[]> {
  if (approvals.length === 0) return [];
  const [same, admins] = await Promise.all([sameDiff(database, request.id, head, approvals.map(({ commit }) => commit)), adminApprovals(database, request.id)]);
  return approvals.map(({ by, commit }) => ({ by, commit, admin: admins.has(`${commit} ${by}`), sameDiff: same.has(commit) }));
}

/** What the proposal was checked by, and what it waits for. */
export async function checksOf(ways: Ways, tracked: Tracked, { proposed }: KeptProposal): Promise<readonly Check[]> {
  return [...proposed.checks, ...await preparationsOf(ways, tracked, proposed)];
}

export function environmentsOf({ request }: Tracked, proposed: Pick<Proposed, 'environments' | 'facts'> | undefined): readonly string[] {
  return [...new Set([request.environment, ...proposed?.environments ?? [], ...proposed?.facts.map(({ environment }) => environment) ?? []])].sort();
}

async function targetOf(ways: Ways, tracked: Tracked, name: string, tip: string, proposed: Proposed | undefined): Promise<TargetEnvironment> {
  const delivery = (await ways.repository.journey(tip, name))?.delivery ?? UNKNOWN;
  const opening = openingOf(delivery.window, new Date());
  return { name, delivery, freeze: await ways.freeze.now(name), ...opening, stage: await stageOf(ways, tracked, delivery, name, proposed) };
}

/** How the releases that travel do in the stage before. */
async function stageOf({ board, alerts }: Ways, { change }: Tracked, { soakMinutes = 0 }: Delivery, name: string, proposed: Proposed | undefined): Promise<readonly string[]> {
  if (change.kind !== 'promotion' || change.to !== name) return [];
  const wanted = (proposed?.facts ?? []).flatMap(({ environment, subject, to }) => (environment === name && subject.startsWith('release/') ? [{ workload: subject.slice('release/'.length), release: to }] : []));
  const [live, firing] = await Promise.allSettled([board.read(change.from), alerts.firing(change.from)]);
  // What cannot be read is not good.
  const away = [
    ...(live.status === 'rejected' ? [`How ${change.from} is cannot be read now (${String(live.reason)}): look whether its engine runs.`] : []),
    ...(firing.status === 'rejected' ? [`Whether alerts fire in ${change.from} cannot be read now (${String(firing.reason)}): look whether its Alertmanager runs.`] : []),
  ];
  if (live.status === 'rejected' || firing.status === 'rejected') return away;
  return stageHindrances({ environment: change.from, live: live.value, wanted, soakMinutes, firing: firing.value, now: Date.now() });
}
