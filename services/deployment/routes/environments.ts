import type { Handlers } from '../../kit/kit.ts';
import { problem, Problem } from '../../kit/problem.ts';
import { openingOf } from '../adapters/window.ts';
import type { deployment } from '../contract.ts';
import { kindOf, releaseOf, workloadsOf, type Journey } from '../domain/declared.ts';
import { windowText } from '../domain/delivery.ts';
import type { LiveEnvironment } from '../domain/live.ts';
import { cellsOf, changesBetween } from '../domain/matrix.ts';
import type { Ways } from '../ways.ts';

interface Named { readonly name: string; readonly journey: Journey }

/** GET /v1/environments: what main says of each environment, beside what its engine sees. */
export function listEnvironments(ways: Ways): Handlers<typeof deployment>['listEnvironments'] {
  return async () => {
    const { repository } = ways;
    const head = await repository.tip();
    const all = await Promise.all((await repository.environments(head)).map(async (name): Promise<Named[]> => {
      const journey = await repository.journey(head, name);
      return journey === null ? [] : [{ name, journey }];
    }));
    const inOrder = staged(all.flat());
    return { status: 200, body: { head, environments: await Promise.all(inOrder.map((one) => environmentOf(ways, head, one, inOrder))) } };
  };
}

async function environmentOf(ways: Ways, head: string, { name, journey }: Named, all: readonly Named[]) {
  const { delivery } = journey;
  const { live, ...engine } = await seenBy(ways, name);
  const next = all.find((other) => other.journey.delivery.after === name) ?? null;
  return {
    name, kind: kindOf(journey), ...engine, approvals: delivery.approvals, open: openingOf(delivery.window, new Date()).open,
    ...(live === null ? {} : { revision: live.revision, automatic: live.automatic }),
    ...(delivery.after === undefined ? {} : { after: delivery.after }), ...(delivery.window === undefined ? {} : { window: windowText(delivery.window) }),
    ...(delivery.soakMinutes === undefined ? {} : { soakMinutes: delivery.soakMinutes }),
    knobs: journey.knobs.map(({ name: knob, about, value, declaredAt }) => ({ name: knob, about, value, declaredAt })),
    workloads: cellsOf(journey, live, next, await aheadOf(ways, head, journey)),
  };
}

export interface SeenBy { readonly connected: boolean; readonly engine?: string; readonly why?: string; readonly live: LiveEnvironment | null }

/** Whether an engine watches it; an environment without one says so. */
export async function seenBy({ board }: Ways, name: string): Promise<SeenBy> {
  try {
    const live = await board.read(name);
    if (live !== null) return { connected: true, engine: live.engine, live };
    return { connected: false, why: `No cluster is connected: the ${board.engine.name} does not watch ${name}.`, live };
  } catch (error) {
    if (error instanceof Problem) return { connected: false, why: `The ${board.engine.name} cannot be asked: ${error.detail}`, live: null };
    throw error;
  }
}

/** Behind the stage before: its changes since both had the same release. Behind main, on a laptop: commits that the release does not hold. */
async function aheadOf({ repository }: Ways, head: string, journey: Journey): Promise<Readonly<Record<string, number>>> {
  const { after } = journey.delivery;
  const history = after === undefined ? [] : await repository.releases(head, after, 50);
  const counted = await Promise.all(workloadsOf(journey).map(async (workload): Promise<[string, number]> => {
    const own = releaseOf(journey, workload);
    if (after !== undefined) return [workload, changesBetween(history.map((values) => values[workload]).filter((value) => value !== 'unbuilt'), own)];
    const revision = /^[0-9a-f]{40}$/.test(own) && await repository.exists(own) ? own : null;
    return [workload, revision === null ? 0 : await repository.count(revision, head)];
  }));
  return Object.fromEntries(counted);
}

/** Those that no promotion reaches or leaves first; then stages after the ones they take their releases from, by name. */
function staged(all: readonly Named[]): readonly Named[] {
  const travels = ({ name, journey }: Named) => journey.delivery.after !== undefined || all.some((other) => other.journey.delivery.after === name);
  const depth = ({ journey }: Named, seen = 0): number => {
    const before = all.find(({ name }) => name === journey.delivery.after);
    return before === undefined || seen > all.length ? 0 : 1 + depth(before, seen + 1);
  };
  return all.toSorted((a, b) => Number(travels(a)) - Number(travels(b)) || depth(a) - depth(b) || (a.name < b.name ? -1 : 1));
}

/** GET /v1/drift: everything that is not as main says, over all environments. */
export function listDrift(ways: Ways): Handlers<typeof deployment>['listDrift'] {
  return async () => {
    const names = await ways.repository.environments(await ways.repository.tip());
    const seen = await Promise.all(names.map(async (name) => ({ name, ...await seenBy(ways, name) })));
    return {
      status: 200,
      body: {
        drift: seen.flatMap(({ name, live }) => (live?.workloads ?? []).flatMap((workload) => workload.drift.map(({ field, desired, live: now }) => ({ environment: name, workload: workload.name, field, desired, live: now })))),
        healed: seen.flatMap(({ name, live }) => (live?.workloads ?? []).flatMap((workload) => (workload.healed ?? []).map((one) => ({ environment: name, workload: workload.name, ...one })))),
        unwatched: seen.flatMap(({ name, connected, why = '' }) => (connected ? [] : [{ environment: name, why }])),
      },
    };
  };
}

/** GET /v1/environments/:environment/events. */
export function listEvents(ways: Ways): Handlers<typeof deployment>['listEvents'] {
  return async ({ params, signal }) => {
    const name = params['environment'] ?? '';
    await mustBeWatched(ways, name);
    return { status: 200, events: eventsOf(ways.board.follow(name, signal)) };
  };
}

async function* eventsOf(states: AsyncIterable<LiveEnvironment>) {
  for await (const data of states) yield { data };
}

/** @throws Problem `not_found` for an environment that is not there, `conflict` for one that no engine watches */
export async function mustBeWatched(ways: Ways, name: string): Promise<void> {
  const { repository, board } = ways;
  if ((await board.connected()).includes(name)) return;
  const known = await repository.environments(await repository.tip());
  if (!known.includes(name)) throw problem('not_found', `There is no environment "${name}".`, { fix: `There is: ${known.join(', ')}.` });
  throw problem('conflict', `No cluster is connected: the ${board.engine.name} does not watch ${name}.`, { fix: 'Connect its engine: the ENGINE of a deployment service that can reach it.' });
}
