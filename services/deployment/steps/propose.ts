import { keepProposal, proposalOf, type KeptProposal } from '../adapters/proposals.ts';
import type { Timing } from '../adapters/journey-cli.ts';
import { tellSpan } from '../adapters/past-span.ts';
import { advanceTo } from '../adapters/work.ts';
import { traceparent } from '../../kit/telemetry.ts';
import { mostGuarded, unconfirmedText } from '../domain/delivery.ts';
import { environmentOf } from '../domain/asks.ts';
import type { Change, Proposed } from '../domain/proposal.ts';
import { pullTitle, trailersOf } from '../domain/pull-text.ts';
import { AUTOMATIC } from '../domain/request.ts';
import { oneLine } from '../../kit/git-message.ts';
import type { Tracked } from '../domain/tracked.ts';
import type { Ways } from '../ways.ts';
import { deliveriesOf } from './guarded.ts';
import { environmentsOf } from './merge-case.ts';

export type Made =
  | { readonly kind: 'proposed'; readonly kept: KeptProposal }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly why: string };

/**
 * The change, rendered and checked, as a commit on top of `base`. Noted before anybody hears of it; when it was noted by a
 * process that is gone now, that one is taken.
 */
export async function propose(ways: Ways, lease: string, tracked: Tracked, base: string): Promise<Made> {
  const { request, change } = tracked;
  const before = tracked.head === undefined ? null : await proposalOf(ways.database, request.id, tracked.head);
  if (before?.base === base) return { kind: 'proposed', kept: before };
  const answer = await ways.cli.propose({
    repository: ways.forge.folder, base, change: spelt(change), title: pullTitle(request, request.summary), reason: request.reason, author: oneLine(request.requestedBy, 200) || 'unknown',
    trailers: trailersOf(request),
  });
  if (answer.kind === 'refused') return answer;
  tell(ways, answer.timings);
  const { proposed, diffText } = answer;
  if (proposed.commit === base) return { kind: 'unchanged' };
  const unconfirmed = await unconfirmedIn(ways, tracked, base, proposed);
  if (unconfirmed !== null) return { kind: 'refused', why: unconfirmed };
  const kept: KeptProposal = { head: proposed.commit, base, proposed, diffText };
  await ways.database.transaction(async (sql) => {
    await keepProposal(sql, request.id, kept);
    await advanceTo(sql, lease, tracked, { base, head: kept.head, keep: true });
  });
  return { kind: 'proposed', kept };
}

/** The command line wants the change alone. */
function spelt(change: Change): Change {
  return change.kind === 'rollback' ? { kind: 'rollback', environment: change.environment, commit: change.commit } : change;
}

/** What it really changes is known only now: a person's rollback goes no further than what was confirmed. The automatic one waits for somebody. */
async function unconfirmedIn({ repository }: Ways, tracked: Tracked, base: string, proposed: Proposed): Promise<string | null> {
  const { request, change } = tracked;
  if (change.kind !== 'rollback' || request.requestedBy === AUTOMATIC) return null;
  const guarded = mostGuarded(await deliveriesOf(repository, base, environmentsOf(tracked, proposed)));
  if (guarded === undefined || guarded.name === change.confirm) return null;
  const { detail, fix } = unconfirmedText(guarded, environmentOf(change));
  return `${detail} ${fix}`;
}

/** What the child measured (commit, synth, check) as hops below the present one. */
function tell({ kit }: Ways, timings: readonly Timing[]): void {
  const parent = traceparent();
  for (const { name, startedAt, ms } of timings) tellSpan(kit, { name, parent, from: startedAt, to: startedAt + ms });
}
