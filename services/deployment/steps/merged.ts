import { randomUUID } from 'node:crypto';
import { audit } from '../../kit/adapters/audit.ts';
import { newEvent } from '../../kit/adapters/event.ts';
import { writeOutbox } from '../../kit/adapters/outbox.ts';
import { traceparent } from '../../kit/telemetry.ts';
import { askedSyncs } from '../adapters/asked-syncs.ts';
import { tellSpan } from '../adapters/past-span.ts';
import { proposalOf } from '../adapters/proposals.ts';
import { addUndoing } from '../adapters/requests.ts';
import { openingOf, wasClosed } from '../adapters/window.ts';
import { advanceTo } from '../adapters/work.ts';
import { deploymentRequested } from '../contract.ts';
import { kindOf } from '../domain/declared.ts';
import { isGuarded } from '../domain/delivery.ts';
import { holdable, summaryOf } from '../domain/fact.ts';
import type { LiveEnvironment } from '../domain/live.ts';
import type { Change, Fact, Proposed } from '../domain/proposal.ts';
import { AUTOMATIC, type DeploymentRequest } from '../domain/request.ts';
import type { Tracked } from '../domain/tracked.ts';
import { verdictOf, type Verdict } from '../domain/verdict.ts';
import type { Ways } from '../ways.ts';
import { acting } from './acting.ts';
import { withAlerts } from './burning.ts';
import { withCauses } from './cause.ts';
import { syncOutsideWindow, waitText, type Followed } from './closed-window.ts';
import { announce, end } from './end.ts';
import { touchedAt } from './guarded.ts';
import { factsOf } from './stray.ts';

/** The engine tells of changes; this is for what it does not tell, such as time that goes by. */
const LOOK_MS = 1000;
/** An engine that refused is not asked each second. */
const ASK_AGAIN_MS = 10_000;
const NONE: ReadonlyMap<string, number> = new Map();
/** From the merge to health: a laptop starts processes; a cluster pulls images, and gives a rollout up after ten minutes. */
const PATIENCE_MS = { source: 60_000, image: 15 * 60_000 } as const;

/** From main to reality: until it is healthy, or has failed and is taken back. */
export async function mergedStep(ways: Ways, lease: string, tracked: Tracked): Promise<void> {
  const { request, head } = tracked;
  const commit = request.commit ?? '';
  // Brings the commits that the engine may speak of.
  const tip = await ways.repository.tip();
  const proposed = head === undefined ? undefined : (await proposalOf(ways.database, request.id, head))?.proposed;
  const targets = await targetsOf(ways, tracked, proposed, tip);
  if (targets.length === 0) return end(ways, lease, tracked, 'succeeded', { outcome: 'merged; no cluster is connected, so nothing was rolled out' });
  const holders = await holdersOf(ways, commit, targets.map(({ live }) => live));
  const now = Date.now();
  const mergedAt = tracked.mergedAt ?? now;
  const isRollback = tracked.change.kind === 'rollback';
  const asked = isRollback ? await askedSyncs(ways.database, request.id) : NONE;
  // What had to be asked for has its time from then on.
  const verdict = verdictOf({ commit, mergedAt: Math.max(mergedAt, ...asked.values()), now, targets, contains: (other) => holders.has(other) });
  if (isRollback && !isThere(verdict)) {
    const sync = await syncOutsideWindow(ways, lease, tracked, targets, asked);
    if (sync === 'asked') return ways.database.transaction((sql) => advanceTo(sql, lease, tracked, { outcome: null, againMs: LOOK_MS, tries: 0 }));
    if (sync !== undefined && verdict.kind === 'failed') return fail(ways, lease, tracked, verdict.environment, [...verdict.evidence, sync.refused], []);
    if (sync !== undefined) return ways.database.transaction((sql) => advanceTo(sql, lease, tracked, { outcome: sync.refused, againMs: ASK_AGAIN_MS, tries: 0 }));
  }
  if (verdict.kind === 'failed') return fail(ways, lease, tracked, verdict.environment, verdict.evidence, await factsOf(ways, tracked, proposed));
  const arrived = isThere(verdict);
  if (arrived && tracked.syncedAt === undefined) tellSpan(ways.kit, { name: 'reconcile', parent: tracked.traceparent, from: mergedAt, to: now, attributes: { 'git.commit': commit } });
  if (verdict.kind === 'wait') return ways.database.transaction((sql) => advanceTo(sql, lease, tracked, { ...(arrived ? { synced: true } : {}), outcome: arrived ? null : waitText(targets), againMs: LOOK_MS, tries: 0 }));
  tellSpan(ways.kit, { name: 'ready', parent: tracked.traceparent, from: tracked.syncedAt ?? now, to: now, attributes: { 'git.commit': commit } });
  return end(ways, lease, tracked, 'succeeded', { outcome: verdict.lost ? 'A later change took its place before it was seen healthy.' : null });
}

const isThere = (verdict: Verdict): boolean => verdict.kind === 'healthy' || (verdict.kind === 'wait' && verdict.synced);

/** The environments of the change that an engine watches, as they are now. */
async function targetsOf(ways: Ways, { request }: Tracked, proposed: Proposed | undefined, tip: string): Promise<readonly Followed[]> {
  const { board, repository } = ways;
  const connected = await board.connected();
  const names = (proposed?.environments ?? [request.environment]).filter((name) => connected.includes(name));
  const commit = request.commit ?? '';
  const targets = await Promise.all(names.map(async (name): Promise<Followed[]> => {
    const seen = await board.read(name);
    if (seen === null) return [];
    const live = await withCauses(ways, await withAlerts(ways, seen));
    const journey = await repository.journey(commit, name);
    const workloads = proposed?.workloads ?? (request.workload === undefined ? [] : [request.workload]);
    const there = live.workloads.map((one) => one.name);
    const patienceMs = PATIENCE_MS[journey === null ? 'image' : kindOf(journey)];
    // The engine keeps the window that main has now.
    const [window, now] = [(await repository.journey(tip, name))?.delivery.window, new Date()];
    return [{
      live, releases: releasesIn(name, proposed?.facts ?? []), patienceMs, opening: openingOf(window, now), resting: request.kind !== 'rollback' && wasClosed(window, now, patienceMs),
      // A workload of another environment only must not be waited for here.
      workloads: workloads.filter((one) => there.includes(one) || (journey?.nodes.some((node) => node.name === one) ?? false)),
    }];
  }));
  return targets.flat();
}

function releasesIn(environment: string, facts: readonly Fact[]): Readonly<Record<string, string>> {
  return Object.fromEntries(facts.flatMap((fact) => (fact.environment === environment && fact.subject.startsWith('release/') ? [[fact.subject.slice('release/'.length), fact.to]] : [])));
}

/** Of the commits that the engine speaks of, those that hold the change. */
async function holdersOf({ repository }: Ways, commit: string, lives: readonly LiveEnvironment[]): Promise<ReadonlySet<string>> {
  const spoken = new Set(lives.flatMap(({ revision, workloads }) => [revision ?? '', ...workloads.map(({ rollout }) => rollout?.commit ?? '')]).filter((one) => one !== ''));
  const found = await Promise.all([...spoken].map(async (one) => ({ one, holds: await repository.contains(one, commit) })));
  return new Set(found.flatMap(({ one, holds }) => (holds ? [one] : [])));
}

/**
 * It did not become healthy: what it brought is held. Then, in one transaction, that and what was seen, and the request that
 * takes it back, with its audit record. A rollback is not rolled back: that would bring back what it took away.
 */
async function fail(ways: Ways, lease: string, tracked: Tracked, environment: string, evidence: readonly string[], facts: readonly Fact[]): Promise<void> {
  const { request, change } = tracked;
  ways.kit.log.warn('a change did not become healthy', { id: request.id, commit: request.commit, evidence });
  if (change.kind === 'rollback') return end(ways, lease, tracked, 'failed', { evidence, outcome: 'It did not become healthy. A rollback is not taken back by itself.' });
  const others = (await touchedAt(ways.repository, await ways.repository.tip(), request.commit ?? '')).filter(({ name, delivery }) => name !== environment && isGuarded(delivery));
  const outcome = others.length === 0 ? 'It did not become healthy and is being taken back.'
    : `It did not become healthy. To take it back changes ${others.map(({ name }) => name).join(', ')}, too: that waits as a pull request for the approval of an admin.`;
  // First: between the two nothing can bring it elsewhere, and whoever is killed there comes here again.
  await acting(ways, tracked, 'hold', () => ways.forge.holds.add(holdable(facts), { reason: evidence[0] ?? 'it did not become healthy', by: AUTOMATIC }));
  await acting(ways, tracked, 'take back', () => ways.database.transaction(async (sql) => {
    await advanceTo(sql, lease, tracked, { status: 'failed', evidence, outcome, problem: null, againMs: null });
    const undo: Change = { kind: 'rollback', environment, commit: request.commit ?? '' };
    const now = new Date().toISOString();
    const undoing: DeploymentRequest = {
      id: randomUUID(), kind: 'rollback', environment, summary: summaryOf(undo), reason: `It did not become healthy: ${evidence[0] ?? 'nobody knows why'}`.slice(0, 500), status: 'requested',
      requestedBy: AUTOMATIC, requestedAt: now, updatedAt: now, traceId: request.traceId,
    };
    if (!await addUndoing(sql, { request: undoing, change: undo, traceparent: traceparent(), undoes: request.id })) return;
    await audit(sql, { person: AUTOMATIC, action: 'deployment.rollback', subject: undoing.id, detail: { environment, commit: undo.commit, undoes: request.id }, traceId: request.traceId });
    await writeOutbox(sql, newEvent({ source: 'deployment', type: deploymentRequested, data: undoing }));
    // Somebody has to come.
    if (others.length > 0) await announce(sql, request.id);
  }));
  ways.committed();
  return undefined;
}
