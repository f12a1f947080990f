import { proposalOf } from '../adapters/proposals.ts';
import type { Pull } from '../adapters/forge-port.ts';
import { advanceTo } from '../adapters/work.ts';
import { heldBy } from '../../kit/holds.ts';
import { factsText } from '../domain/fact.ts';
import { holdText } from '../domain/merge-rule.ts';
import type { Fact } from '../domain/proposal.ts';
import { DIFF_MARKER, fenced, pullBody, pullTitle } from '../domain/pull-text.ts';
import { AUTOMATIC } from '../domain/request.ts';
import type { Tracked } from '../domain/tracked.ts';
import type { Ways } from '../ways.ts';
import { acting } from './acting.ts';
import { end } from './end.ts';
import { propose } from './propose.ts';

/** From a wish to a pull request; or to the reason why there is none. */
export async function requestedStep(ways: Ways, lease: string, tracked: Tracked): Promise<void> {
  const { request, change } = tracked;
  const base = await ways.repository.tip('now');
  const made = await acting(ways, tracked, 'propose', () => propose(ways, lease, tracked, base));
  if (made.kind === 'refused') return end(ways, lease, tracked, 'refused', { outcome: made.why });
  if (made.kind === 'unchanged') return end(ways, lease, tracked, 'unchanged', { outcome: 'main says so already.' });
  const { proposed } = made.kept;
  const why = await refusal(ways, tracked, proposed.facts);
  if (why !== null) return end(ways, lease, tracked, 'refused', { outcome: why });
  const summary = change.kind === 'rollback' || proposed.facts.length === 0 ? request.summary : factsText(proposed.facts);
  const pull = await acting(ways, tracked, 'open', async () => {
    const opened = await ways.forge.open({
      key: request.id, title: pullTitle(request, summary), body: pullBody(request, made.kept.diffText), author: request.requestedBy, base, head: made.kept.head,
    });
    const pull = await sameHead(ways, tracked, opened, base, made.kept.head, made.kept.diffText);
    await ways.forge.comment(pull.number, DIFF_MARKER, fenced((await proposalOf(ways.database, request.id, pull.head))?.diffText ?? made.kept.diffText));
    await ways.database.transaction((sql) => advanceTo(sql, lease, tracked, { status: 'proposed', pull: pull.number, base: pull.base, head: pull.head, summary, problem: null, tries: 0 }));
    return pull;
  });
  ways.kit.log.info('pull request opened', { id: request.id, pull: pull.number, base: pull.base, head: pull.head });
  return undefined;
}

/** A process that was killed may have opened it with another commit, which is as good if it was noted. */
async function sameHead({ forge, database }: Ways, { request }: Tracked, pull: Pull, base: string, head: string, diffText: string): Promise<Pull> {
  if (pull.state !== 'open' || pull.head === head || await proposalOf(database, request.id, pull.head) !== null) return pull;
  return forge.update(pull.number, { base, head, body: pullBody(request, diffText) });
}

/** What was taken back, and what was never built, is not proposed again. */
async function refusal({ forge }: Ways, { request }: Tracked, facts: readonly Fact[]): Promise<string | null> {
  if (request.requestedBy === AUTOMATIC) return null;
  const holds = await forge.holds.active('now');
  const held = facts.map((fact) => heldBy(fact, holds)).find((hold) => hold !== undefined);
  if (held !== undefined) return holdText(held);
  const unbuilt = request.kind === 'rollback' ? undefined : facts.find(({ to }) => to === 'unbuilt');
  return unbuilt === undefined ? null : `${unbuilt.subject.slice(unbuilt.subject.indexOf('/') + 1)} is unbuilt: build it, then promote it.`;
}
