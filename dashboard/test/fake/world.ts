import { randomUUID } from 'node:crypto';
import type { ChangeRequest, Diff, Entry, Environment, FleetDrift, Hold, Live, Pull, PullPage } from '../../api/delivery.ts';
import type { FakeFact } from './diff.ts';
import { randomHex } from './refusal.ts';

export interface FakePull { pull: Pull; diff: Diff; checks: PullPage['checks'] }

/** Everything that the fake knows of one fleet; the handlers change it, and pages see the change. */
export interface World {
  head: string | null;
  requests: ChangeRequest[];
  pulls: FakePull[];
  /** Open ones that the forge knows of besides. */
  unlisted: number;
  /** Newest first. */
  history: Entry[];
  environments: Environment[];
  holds: Hold[];
  unwatched: FleetDrift['unwatched'];
  /** Every stream of events of one environment. */
  readonly listeners: Set<{ readonly environment: string; readonly send: (state: Live) => void }>;
  readonly timers: Set<NodeJS.Timeout>;
  /** What each commit that was merged here changed. */
  readonly facts: Map<string, readonly FakeFact[]>;
}

export function emptyWorld(): World {
  return { head: randomHex(40), requests: [], pulls: [], unlisted: 0, history: [], environments: [], holds: [], unwatched: [], listeners: new Set(), timers: new Set(), facts: new Map() };
}

/** Does it a little later, as a worker would; not at all once the fake has stopped. */
export function later(world: World, ms: number, act: () => void): void {
  const timer = setTimeout(() => {
    world.timers.delete(timer);
    act();
  }, ms);
  world.timers.add(timer);
}

export function stop(world: World): void {
  for (const timer of world.timers) clearTimeout(timer);
  world.timers.clear();
  world.listeners.clear();
}

export function newRequest(world: World, part: Pick<ChangeRequest, 'kind' | 'environment' | 'summary' | 'reason' | 'requestedBy'> & Partial<ChangeRequest>): ChangeRequest {
  const now = new Date().toISOString();
  const request: ChangeRequest = { id: randomUUID(), status: 'requested', requestedAt: now, updatedAt: now, traceId: randomHex(32), ...part };
  world.requests.unshift(request);
  return request;
}

export function changeRequest(world: World, id: string, change: Partial<ChangeRequest>): void {
  world.requests = world.requests.map((request) => (request.id === id ? { ...request, ...change, updatedAt: new Date().toISOString() } : request));
}

export function changeEnvironment(world: World, name: string, change: (environment: Environment) => Environment): void {
  world.environments = world.environments.map((environment) => (environment.name === name ? change(environment) : environment));
  const state = liveOf(world, name);
  for (const { environment, send } of world.listeners) if (environment === name && state) send(state);
}

/** What an engine would say of one environment; undefined where nobody watches. */
export function liveOf(world: World, name: string): Live | undefined {
  const environment = world.environments.find((each) => each.name === name);
  if (!environment?.connected) return undefined;
  return {
    engine: environment.engine ?? '', environment: name, revision: environment.revision ?? null, automatic: environment.automatic ?? false, observedAt: new Date().toISOString(),
    workloads: environment.workloads.map(({ workload, sync, health, why, release, live, replicas = 1, ready = 1, since, drift, rollout }) => ({
      name: workload, sync, health, desired: { release, replicas }, live: { release: live ?? release, replicas, ready }, drift,
      ...(why !== undefined && { why }), ...(since !== undefined && { since }), ...(rollout && { rollout }),
    })),
  };
}
