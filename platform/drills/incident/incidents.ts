import { pick, randomOf, type Drill, type DrillRun } from '../drill.ts';
import { until } from '../until.ts';
import { grade } from './grade.ts';
import type { Incident } from './incident.ts';
import { kinds } from './kinds.ts';
import { placeAt, type Place } from './place.ts';
import { looked, plant } from './plant.ts';
import { patiently } from './probes.ts';
import { byCommit, byGateway } from './take-back.ts';

/** A release that answers again may still be on its way, and what a person asks twice is asked twice. */
const BACK_SECONDS = 60;

/** "Incident drills": each kind is planted, is an incident until somebody takes it back by the public way, and is none after that. */
export const incidents: Drill = {
  name: 'incidents',
  about: 'Every kind of incident in turn: planted as a commit, not passed before somebody takes it back, passed afterwards.',
  async run(at) {
    const random = randomOf(at.seed);
    for (const [turn, kind] of (at.brief ? [pick(random, kinds)] : kinds).entries()) {
      at.io.signal.throwIfAborted();
      at.io.tell(`${kind.name}: ${kind.about}`);
      await one(at, placeAt(at.site.folder), kind.make(random), at.seed + turn);
    }
  },
};

async function one({ check, figure, io, site }: DrillRun, place: Place, incident: Incident, seed: number): Promise<void> {
  const { kind } = incident;
  const before = await looked(incident, place);
  check(`${kind}: well before it`, before.well, before.seen);
  const { planted, seen } = await plant(place, incident, seed, io.signal);
  check(`${kind}: people feel it`, !seen.well, seen.seen);
  const failed = await grade(place, incident, planted);
  check(`${kind}: not passed before anybody acts, by git and by the answers`, !failed.passed && !failed.git.well && !failed.answers.well, `${failed.git.seen}; ${failed.answers.seen}`);
  check(`${kind}: it is left to people`, site.main() === planted.tip && !await isAsked(place, planted.bad), `main is ${site.main().slice(0, 10)}, the rollout ${await phaseOf(place, incident.workload)}`);
  const acted = performance.now();
  // The way that everybody has; where the incident is in that way, the one that is always there.
  let act = await byGateway(place, planted.bad, `it is what people complain about (${kind})`);
  let way = 'rolled back by the gateway';
  if (!act.done) [act, way] = [await byCommit(place, planted.bad, 'the loop itself is broken', io.signal), `reverted by a commit, since a rollback was ${act.how}`];
  check(`${kind}: taken back`, act.done, `${way}, ${act.how}`);
  const passed = await until(BACK_SECONDS, async () => {
    const now = await grade(place, incident, planted);
    return now.passed ? now : undefined;
  });
  const last = passed?.seen ?? await grade(place, incident, planted);
  check(`${kind}: passed after it`, last.passed, `${last.git.seen}; ${last.answers.seen}`);
  figure('seconds from the act to passing', (performance.now() - acted) / 1000);
  check(`${kind}: the history shows it, and that it was taken back`, await isUndone(place, planted.bad));
}

/** Did the deployment service take the commit for a request of somebody, as it does with what nobody may keep? */
async function isAsked(place: Place, commit: string): Promise<boolean> {
  return (await read(place, '/v1/deployments', 'deployments')).some((one) => Reflect.get(one, 'commit') === commit);
}

/** What the engine says of it: one that is Degraded would be taken back by itself, were it nobody's exercise. */
async function phaseOf(place: Place, workload: string): Promise<string> {
  const local = (await read(place, '/v1/environments', 'environments')).find((one) => Reflect.get(one, 'name') === 'local');
  const cell = listed(Reflect.get(Object(local), 'workloads')).find((one) => Reflect.get(one, 'workload') === workload);
  return String(Reflect.get(Object(Reflect.get(Object(cell), 'rollout')), 'phase'));
}

async function isUndone(place: Place, commit: string): Promise<boolean> {
  const entry = (await read(place, '/v1/history?limit=50', 'entries')).find((one) => Reflect.get(one, 'commit') === commit);
  return entry !== undefined && typeof Reflect.get(entry, 'undoneBy') === 'string';
}

/** A list of an answer. @throws {Error} when there is none: nothing is no proof that nothing is there */
async function read({ person }: Place, path: string, key: string): Promise<readonly object[]> {
  const { status, body } = await patiently(() => person.ask('GET', path));
  if (status !== 200) throw new Error(`${path} was answered with ${status}`);
  return listed(body[key]);
}

const listed = (value: unknown): readonly object[] => (Array.isArray(value) ? value.map((one: unknown): object => Object(one)) : []);
