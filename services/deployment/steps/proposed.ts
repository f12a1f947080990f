import type { Pull } from '../adapters/forge-port.ts';
import { proposalOf, type KeptProposal } from '../adapters/proposals.ts';
import { advanceTo, type Patch } from '../adapters/work.ts';
import { holdable, inverse } from '../domain/fact.ts';
import { mergeMessage } from '../domain/merge-message.ts';
import { approvers, hindrances, needed, type MergeCase } from '../domain/merge-rule.ts';
import { DIFF_MARKER, fenced, pullBody } from '../domain/pull-text.ts';
import { AUTOMATIC } from '../domain/request.ts';
import type { Tracked } from '../domain/tracked.ts';
import type { Ways } from '../ways.ts';
import { acting } from './acting.ts';
import { end } from './end.ts';
import { mergeCaseOf } from './merge-case.ts';
import { prepareAhead } from './prepare.ts';
import { propose } from './propose.ts';

/** How often an open pull request is looked at without anybody's nudge: whether its window has opened, whether it was merged at the forge. */
const LOOK_MS = { local: 3000, GitHub: 30_000 } as const;

/** From a pull request to main, as soon as nothing hinders it and, where it does not go by itself, somebody wants it. */
export async function proposedStep(ways: Ways, lease: string, tracked: Tracked): Promise<void> {
  const { request } = tracked;
  const pull = request.pull === undefined ? null : await ways.forge.read(request.pull);
  // The forge was begun anew, or the number is another one's there.
  if (pull === null || pull.key !== request.id) return end(ways, lease, tracked, 'closed', { outcome: `The forge does not know its pull request ${String(request.pull)} any more: ask again.` });
  if (pull.state === 'closed') return end(ways, lease, tracked, 'closed', { outcome: `Closed${pull.closedBy === undefined ? '' : ` by ${pull.closedBy}`}.` });
  if (pull.state === 'merged') return noteMerge(ways, lease, tracked, pull);
  const tip = await ways.repository.tip('now');
  const tried = tracked.problem !== undefined && tracked.base === tip;
  if (pull.base !== tip && !tried) return rebase(ways, lease, tracked, pull, tip);
  const kept = await proposalOf(ways.database, request.id, pull.head);
  if (kept !== null) await prepareAhead(ways, tracked, kept.proposed);
  const { wish } = tracked;
  const one = await mergeCaseOf(ways, tracked, pull, { tip, ...(wish === undefined ? {} : { lookedAt: wish.commit }) });
  const wait: Patch = { wish: null, againMs: LOOK_MS[ways.forge.name], tries: 0 };
  if (hindrances(one).length > 0 || (wish === undefined && !goesByItself(one))) return ways.database.transaction((sql) => advanceTo(sql, lease, tracked, wait));
  return merge(ways, lease, tracked, one, pull, kept, wish?.by ?? AUTOMATIC);
}

/** What needs nobody's approval is merged as soon as it may be: a change of the release file alone, and a rollback. */
function goesByItself(one: MergeCase): boolean {
  return needed(one) === 0 && ['release', 'promotion', 'rollback'].includes(one.kind);
}

async function merge(ways: Ways, lease: string, tracked: Tracked, one: MergeCase, pull: Pull, kept: KeptProposal | null, by: string): Promise<void> {
  const { request, change } = tracked;
  const { environments = [request.environment], workloads = [] } = kept?.proposed ?? {};
  const message = mergeMessage({
    pull: pull.number, title: pull.title, reason: request.reason, requestedBy: request.requestedBy, approvedBy: approvers(one).map((given) => given.by), mergedBy: by,
    change: request.id, kind: request.kind, environments, workloads, traceId: request.traceId, ...(change.kind === 'rollback' ? { undoes: change.commit } : {}),
  });
  await acting(ways, tracked, 'merge', async () => {
    const merged = await ways.forge.merge(pull.number, { by, commit: pull.head, message });
    await noteMerge(ways, lease, tracked, merged);
  });
}

/** It is on main. What a rollback takes back is held from now on. */
async function noteMerge(ways: Ways, lease: string, tracked: Tracked, pull: Pull): Promise<void> {
  const { request } = tracked;
  ways.repository.moved();
  const kept = await proposalOf(ways.database, request.id, pull.head);
  // Before it is noted: whoever is killed in between comes here again.
  if (request.kind === 'rollback' && kept !== null) await ways.forge.holds.add(holdable(inverse(kept.proposed.facts)), { reason: request.reason, by: request.requestedBy });
  await ways.database.transaction((sql) => advanceTo(sql, lease, tracked, { status: 'merged', mergeCommit: pull.mergedAs ?? pull.head, base: pull.base, head: pull.head, wish: null, problem: null, tries: 0 }));
  ways.kit.log.info('pull request merged', { id: request.id, pull: pull.number, commit: pull.mergedAs, by: pull.mergedBy });
}

/** main has moved on: the same change again, on top of it. Approvals of the same diff stay good. */
async function rebase(ways: Ways, lease: string, tracked: Tracked, pull: Pull, tip: string): Promise<void> {
  const { request } = tracked;
  const made = await acting(ways, tracked, 'propose again', () => propose(ways, lease, tracked, tip));
  if (made.kind === 'unchanged') {
    await acting(ways, tracked, 'close', () => ways.forge.close(pull.number, AUTOMATIC, 'main says so already.'));
    return end(ways, lease, tracked, 'unchanged', { outcome: 'main came to say so by another change.' });
  }
  if (made.kind === 'refused') {
    const problem = `It does not fit on top of main any more (${made.why}): close it and ask again.`;
    // A rollback that nobody asked for has nobody who would close it.
    if (request.requestedBy !== AUTOMATIC) return ways.database.transaction((sql) => advanceTo(sql, lease, tracked, { problem, base: tip, wish: null, againMs: LOOK_MS[ways.forge.name] }));
    await acting(ways, tracked, 'close', () => ways.forge.close(pull.number, AUTOMATIC, problem));
    return end(ways, lease, tracked, 'refused', { outcome: made.why });
  }
  const { kept } = made;
  await acting(ways, tracked, 'update', async () => {
    await ways.forge.update(pull.number, { base: tip, head: kept.head, body: pullBody(request, kept.diffText) });
    await ways.forge.comment(pull.number, DIFF_MARKER, fenced(kept.diffText));
    await ways.database.transaction((sql) => advanceTo(sql, lease, tracked, { base: tip, head: kept.head, problem: null, tries: 0 }));
  });
  return undefined;
}
