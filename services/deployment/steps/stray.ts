import { randomUUID } from 'node:crypto';
import { apart } from '../../kit/adapters/quiet.ts';
import { audit } from '../../kit/adapters/audit.ts';
import { currentTraceId, span, traceparent } from '../../kit/telemetry.ts';
import { oneLine } from '../../kit/git-message.ts';
import { adopt, openPulls, trackedByCommit } from '../adapters/requests.ts';
import { reopen } from '../adapters/work.ts';
import type { Journey } from '../domain/declared.ts';
import { isDrill } from '../domain/drill.ts';
import { factsBetween } from '../domain/facts-between.ts';
import { partsOf, type Commit } from '../domain/history.ts';
import type { LiveEnvironment } from '../domain/live.ts';
import type { Change, Fact, Proposed } from '../domain/proposal.ts';
import type { Tracked } from '../domain/tracked.ts';
import { strayFailures } from '../domain/verdict.ts';
import type { Ways } from '../ways.ts';
import { withAlerts } from './burning.ts';
import { causeOf } from './cause.ts';

/**
 * Rollouts that failed and that nobody deals with. Either no request is about their commit (somebody pushed to main, or merged
 * at the forge): it becomes one, and is then taken back like any other. Or the request had ended well: it is judged again.
 */
export async function adoptStrays(ways: Ways, seen: LiveEnvironment): Promise<void> {
  const live = await withAlerts(ways, seen);
  for (const { workload, commit: tip } of strayFailures(live)) {
    const commit = await causeOf(ways, live.environment, workload, tip);
    if (commit === undefined) continue;
    const known = await trackedByCommit(ways.database, commit);
    if (known !== null) await judgeAgain(ways, known, live, workload);
    if (known !== null || await isOurs(ways, commit)) continue;
    const [found] = await ways.repository.history(commit, 1);
    const parent = found?.parents[0];
    // The very first commit cannot be taken back; a drill's is somebody's exercise.
    if (found !== undefined && parent !== undefined && !isDrill(found.message, await ways.repository.journey(parent, live.environment))) await take(ways, live, workload, found, await factsAt(ways, live.environment, parent, commit));
  }
}

/** What was healthy may burn its error budget a little later. */
async function judgeAgain({ database, kit, committed }: Ways, { request }: Tracked, live: LiveEnvironment, workload: string): Promise<void> {
  const ended = live.workloads.find(({ name }) => name === workload)?.rollout?.endedAt;
  if (request.status !== 'succeeded' || ended === undefined || Date.parse(ended) < Date.parse(request.updatedAt)) return;
  if (await reopen(database, request.id)) kit.log.warn('a change that was healthy is not any more', { id: request.id, workload, commit: request.commit });
  committed();
}

/** A merge that is on main already and in our notes not yet: the engine may be quicker than the commit of a transaction. */
async function isOurs({ database, forge }: Ways, commit: string): Promise<boolean> {
  const pulls = await Promise.all((await openPulls(database)).map((number) => forge.read(number)));
  return pulls.some((pull) => pull?.mergedAs === commit);
}

async function take(ways: Ways, { environment, workloads }: LiveEnvironment, workload: string, found: Commit, facts: readonly Fact[]): Promise<void> {
  const change = changeOf(environment, workload, workloads.find(({ name }) => name === workload)?.rollout?.release ?? '', facts);
  const person = oneLine(found.email.endsWith('@localhost') ? found.author : found.email, 200) || 'unknown';
  const now = new Date().toISOString();
  // A journey of its own begins: nobody asked for it here.
  await apart(ways.kit, () => span('adopt', { kind: 'internal', attributes: { 'git.commit': found.commit, 'deployment.environment': environment } }, async () => {
    const request = {
      id: randomUUID(), kind: change.kind, environment, workload, ...(change.kind === 'release' ? { revision: change.release } : {}), summary: oneLine(partsOf(found.message).title, 200) || found.commit.slice(0, 8), reason: 'It came to main without being asked for here.',
      status: 'merged' as const, requestedBy: person, requestedAt: now, updatedAt: now, traceId: currentTraceId() ?? '0'.repeat(32), commit: found.commit,
    };
    const taken = await ways.database.transaction(async (sql) => {
      if (!await adopt(sql, { request, change, traceparent: traceparent() })) return false;
      await audit(sql, { person, action: 'deployment.adopt', subject: request.id, detail: { environment, workload, commit: found.commit }, traceId: request.traceId });
      return true;
    });
    if (taken) ways.kit.log.info('a commit that came another way is watched', { id: request.id, commit: found.commit, by: person });
  }));
  ways.committed();
}

/** What a commit was, as far as its graph says it; else: what the workload runs since. */
function changeOf(environment: string, workload: string, release: string, facts: readonly Fact[]): Change {
  const own = facts.find(({ subject }) => subject === `release/${workload}`);
  const knob = facts.find(({ subject }) => subject.startsWith('knob/'));
  if (own === undefined && knob !== undefined) return { kind: 'knob', environment, knob: knob.subject.slice('knob/'.length), value: knob.to };
  return { kind: 'release', environment, workload, release: own?.to ?? release };
}

/** What a change brought, for the hold: as it was proposed, or as the graphs before and after it differ. */
export async function factsOf(ways: Ways, { request }: Tracked, proposed: Proposed | undefined): Promise<readonly Fact[]> {
  if (proposed !== undefined) return proposed.facts;
  const [found] = await ways.repository.history(request.commit ?? '', 1);
  const parent = found?.parents[0];
  return parent === undefined ? [] : factsAt(ways, request.environment, parent, request.commit ?? '');
}

async function factsAt({ repository }: Ways, environment: string, before: string, after: string): Promise<readonly Fact[]> {
  const [one, other] = await Promise.all([before, after].map((commit): Promise<Journey | null> => repository.journey(commit, environment).catch(() => null)));
  return one && other ? factsBetween(environment, one, other) : [];
}
