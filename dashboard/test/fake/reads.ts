import { deployment } from '../../../services/deployment/contract.ts';
import type { Diff, Entry, FleetDrift } from '../../api/delivery.ts';
import { sendEvent, environmentIn, type WorldOf } from './asks.ts';
import { mustConform } from './checked.ts';
import { factOf, fakeDiff } from './diff.ts';
import { declarationOf, manifestsOf } from './manifests.ts';
import { on, Refusal, signedIn, traceIdNow, type Answer, type Asked } from './refusal.ts';
import { liveOf, type World } from './world.ts';

const { routes } = deployment;

/** Everything that is only looked at. For `away@localhost` all of it is refused, as when the service is down. */
export function reads(worldOf: WorldOf): readonly Answer[] {
  const looking = <T>(look: (world: World, asked: Asked) => T) => (asked: Asked): T => {
    if (signedIn(asked.person).name === 'away@localhost') throw new Refusal({ status: 502, code: 'upstream_unavailable', title: 'A service behind this one cannot be reached', detail: 'deployment cannot be reached.', fix: 'Start the service that `at` names, or wait until it is ready.', at: 'deployment', traceId: traceIdNow() });
    return look(worldOf(asked), asked);
  };
  return [
    on(routes.list, looking((world, { query: { traceId, pull } }) => ({
      deployments: world.requests.filter((each) => (traceId === undefined || each.traceId === traceId) && (pull === undefined || String(each.pull) === pull)).slice(0, 50),
    }))),
    on(routes.read, looking((world, { params }) => found(world.requests.find(({ id }) => id === params['id']), 'request'))),
    on(routes.listPulls, looking((world) => ({ forge: 'local', unlisted: world.unlisted, pulls: world.pulls.map(({ pull }) => pull).toSorted((a, b) => Number(b.state === 'open') - Number(a.state === 'open')) }))),
    on(routes.readPull, looking((world, { params }) => {
      const { pull, diff, checks } = found(world.pulls.find((each) => String(each.pull.number) === params['number']), 'pull request');
      return { pull, diff, checks };
    })),
    on(routes.listEnvironments, looking((world) => ({ head: world.head, environments: world.environments }))),
    on(routes.listHistory, looking((world, { query }) => {
      const matching = world.history.filter(({ environments, workloads }) => (!query['environment'] || environments.includes(query['environment'])) && (!query['workload'] || workloads.includes(query['workload'])));
      const start = query['before'] ? matching.findIndex(({ commit }) => commit === query['before']) + 1 : 0;
      // Parts of four, so that a short story has older ones.
      const part = matching.slice(start, start + Math.min(Number(query['limit'] ?? 50), 4));
      const last = part.at(-1)?.commit;
      return { entries: part.map((entry) => ({ ...entry, ...endOf(world, entry.commit) })), ...(last && start + part.length < matching.length && { next: last }) };
    })),
    on(routes.readDiff, looking((world, { query }) => diffBetween(world, query['from'] ?? '', query['to'] ?? ''))),
    on(routes.listDrift, looking((world) => ({ drift: driftIn(world), unwatched: world.unwatched }))),
    on(routes.listHolds, looking((world) => ({ holds: world.holds }))),
    on(routes.listManifests, looking((world, { params, query }) => manifestsOf(environmentIn(world, params['environment'] ?? '').name, query['commit'] ?? world.head ?? '', query['path']))),
    on(routes.readDeclaration, looking((world, { params, query }) => declarationOf(environmentIn(world, params['environment'] ?? '').name, query['reference'] ?? query['workload'] ?? '', world.head ?? ''))),
    on(routes.listEvents, looking((world, { params, response }) => {
      const environment = params['environment'] ?? '';
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      const send = (state: unknown) => {
        mustConform(routes.sync.answers[202], state, 'An event');
        sendEvent(response, state);
      };
      const state = liveOf(world, environment);
      if (state) send(state);
      const listener = { environment, send };
      world.listeners.add(listener);
      response.once('close', () => world.listeners.delete(listener));
      return null;
    })),
  ];
}

/** What became of a commit, as the request says that is about it. */
function endOf({ requests }: World, commit: string): Pick<Entry, 'outcome' | 'evidence'> {
  const { outcome, evidence } = requests.find((request) => request.commit === commit) ?? {};
  return { ...(outcome !== undefined && { outcome }), ...(evidence && { evidence }) };
}

function driftIn({ environments }: World): FleetDrift['drift'] {
  return environments.flatMap(({ name, workloads }) => workloads.flatMap(({ workload, drift }) => drift.map((each) => ({ environment: name, workload, ...each }))));
}

function diffBetween({ history }: World, from: string, to: string): Diff {
  const undone = history.find(({ commit, parents }) => commit === from && parents[0] === to);
  const back = undone !== undefined;
  const entry = undone ?? history.find(({ commit }) => commit === to);
  const workload = entry?.workloads[0] ?? 'gateway';
  if (entry?.kind === 'knob') return fakeDiff(from, to, 'local', [back ? factOf.knob('rateLimit', '200', '100', 'local') : factOf.knob('rateLimit', '100', '200', 'local')]);
  return fakeDiff(from, to, 'local', [back ? factOf.scale(workload, '3', '1', 'local') : factOf.scale(workload, '1', '3', 'local'), factOf.release('notification', 'worktree', to, 'local')]);
}

function found<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value;
  throw new Refusal({ status: 404, code: 'not_found', title: 'There is nothing here', detail: `There is no such ${what}.`, fix: 'Look at the list.', at: 'deployment', traceId: traceIdNow() });
}
