import type { ServerResponse } from 'node:http';
import { deployment } from '../../../services/deployment/contract.ts';
import type { Cell, ChangeRequest, Environment } from '../../api/delivery.ts';
import { take } from './course.ts';
import { factOf } from './diff.ts';
import { mustHave, on, Refusal, traceIdNow, type Answer, type Asked } from './refusal.ts';
import { newRequest, type World } from './world.ts';

const { routes } = deployment;
/** The world of who asks. */
export type WorldOf = (asked: Asked) => World;

/** The four ways to ask for a change. The reasons `frozen` and `fail-503` are refused at once. @param broken configuration fails: whatever asks ends there */
export function asks(worldOf: WorldOf, broken: () => boolean, journeyBegan: (traceId: string, endsAt?: string) => void): readonly Answer[] {
  const begin = (asked: Asked, part: Pick<ChangeRequest, 'kind' | 'environment' | 'summary'> & Partial<ChangeRequest>): ChangeRequest => {
    const world = worldOf(asked);
    const { name } = mustHave(asked.person, 'operator');
    mustGoOn(asked, broken(), journeyBegan);
    const request = newRequest(world, { reason: String(asked.body['reason']), requestedBy: name, traceId: traceIdOf(asked), ...part });
    journeyBegan(request.traceId);
    return request;
  };
  return [
    on(routes.create, (asked) => {
      const [workload, environment, revision] = [String(asked.body['workload']), String(asked.body['environment']), String(asked.body['revision'])];
      const world = worldOf(asked);
      const before = cellIn(environmentIn(world, environment), workload).release;
      const request = begin(asked, { kind: 'release', environment, workload, revision, summary: `${workload} ${before.slice(0, 12)} → ${revision.slice(0, 12)}` });
      take(world, request, { facts: [factOf.release(workload, before, revision, environment)], needed: environmentIn(world, environment).approvals.release, cells: (cell) => ({ ...cell, release: revision }) });
      return request;
    }),
    on(routes.change, (asked) => {
      const world = worldOf(asked);
      const environment = environmentIn(world, String(asked.body['environment']));
      const { name, approvals } = environment;
      if (asked.body['knob'] !== undefined) {
        const [knob, value] = [String(asked.body['knob']), String(asked.body['value'])];
        const before = String(environment.knobs.find((each) => each.name === knob)?.value);
        if (knob === 'cookieSecure' && !['yes', 'no'].includes(value)) throw new Refusal({ status: 400, code: 'invalid_body', title: 'The body is not what is asked for', detail: `cookieSecure is yes or no, not "${value}".`, fix: 'Send one of them.', at: 'deployment', traceId: traceIdNow() });
        mustNotBeHeld(world, name, `knob/${knob}`, value);
        const request = begin(asked, { kind: 'knob', environment: name, summary: `${knob} ${before} → ${value}` });
        take(world, request, { facts: [factOf.knob(knob, before, value, name)], needed: approvals.model, cells: (cell) => cell });
        return request;
      }
      const [workload, replicas] = [String(asked.body['workload']), Number(asked.body['replicas'])];
      const before = cellIn(environment, workload).replicas ?? 1;
      const request = begin(asked, { kind: 'scale', environment: name, workload, summary: `${workload} ${before} → ${replicas} replicas` });
      take(world, request, { facts: [factOf.scale(workload, String(before), String(replicas), name)], needed: approvals.model, cells: (cell) => ({ ...cell, replicas }) });
      return request;
    }),
    on(routes.promote, (asked) => {
      const world = worldOf(asked);
      const [from, to] = [environmentIn(world, String(asked.body['from'])), environmentIn(world, String(asked.body['to']))];
      const workloads = Array.isArray(asked.body['workloads']) ? asked.body['workloads'].map(String) : from.workloads.map(({ workload }) => workload);
      const request = begin(asked, { kind: 'promotion', environment: to.name, summary: `${workloads.join(', ')} as in ${from.name}` });
      const releases = new Map(workloads.map((name) => [name, cellIn(from, name).release]));
      take(world, request, { facts: workloads.map((name) => factOf.release(name, cellIn(to, name).release, releases.get(name) ?? '', to.name)), needed: to.approvals.release, cells: (cell) => ({ ...cell, release: releases.get(cell.workload) ?? cell.release }) });
      return request;
    }),
    on(routes.rollback, (asked) => {
      const world = worldOf(asked);
      const environment = environmentIn(world, String(asked.body['environment']));
      const entry = world.history.find(({ commit }) => commit === asked.body['commit']);
      const guarded = world.environments.find(({ name, approvals }) => approvals.release > 0 && (name === environment.name || entry?.environments.includes(name)));
      if (guarded && asked.body['confirm'] !== guarded.name) throw new Refusal({ status: 400, code: 'invalid_body', title: 'The body is not what is asked for', detail: `People depend on ${guarded.name}: a rollback wants its name typed.`, fix: `Send "confirm": "${guarded.name}".`, at: 'deployment', traceId: traceIdNow() });
      if (!entry) throw new Refusal({ status: 400, code: 'invalid_body', title: 'The body is not what is asked for', detail: 'main does not hold this commit.', fix: 'GET /v1/history lists what can be taken back.', traceId: traceIdNow() });
      const [workload = 'gateway'] = entry.workloads;
      const request = begin(asked, { kind: 'rollback', environment: environment.name, summary: `take back ${entry.title.replace(/^Merge #\d+: [a-z]+: /, '')}` });
      const known = world.facts.get(entry.commit)?.map((fact) => ({ ...fact, said: fact.said.replace(`${fact.from} → ${fact.to}`, `${fact.to} → ${fact.from}`), from: fact.to ?? '', to: fact.from ?? '' }));
      const undone = entry.kind === 'scale' ? factOf.scale(workload, '3', '1', environment.name) : entry.kind === 'knob' ? factOf.knob('rateLimit', '100', '200', environment.name) : factOf.release(workload, entry.commit, 'worktree', environment.name);
      take(world, request, { facts: known ?? [undone], needed: 0, undoes: entry.commit, cells: (cell) => (entry.kind === 'release' ? { ...cell, release: 'worktree' } : cell) });
      return request;
    }),
  ];
}

export function environmentIn(world: World, name: string): Environment {
  const found = world.environments.find((each) => each.name === name);
  if (found) return found;
  throw new Refusal({ status: 404, code: 'not_found', title: 'There is nothing here', detail: `There is no environment "${name}".`, fix: 'Choose one of GET /v1/environments.', traceId: traceIdNow() });
}

function cellIn(environment: Environment, workload: string): Cell {
  const found = environment.workloads.find((cell) => cell.workload === workload);
  if (found) return found;
  throw new Refusal({ status: 400, code: 'invalid_body', title: 'The body is not what is asked for', detail: `There is no workload "${workload}" in ${environment.name}.`, traceId: traceIdNow() });
}

function mustNotBeHeld({ holds }: World, environment: string, subject: string, value: string): void {
  const hold = holds.find((each) => each.environment === environment && each.subject === subject && each.value === value);
  if (!hold) return;
  throw new Refusal({ status: 409, code: 'conflict', title: 'This does not fit what is there', detail: `${subject} ${value} is held since it was taken back in ${environment} by ${hold.by} (${hold.reason}): choose another one, or ask an admin to lift the hold.`, fix: `An admin lifts it: POST /v1/holds/${hold.id}/lifting.`, at: 'deployment', traceId: traceIdNow() });
}

/** A ticket of the fake is the trace id itself. */
function traceIdOf({ request }: Asked): string {
  const ticket = request.headers['journey-ticket'];
  return typeof ticket === 'string' ? ticket : traceIdNow();
}

function mustGoOn(asked: Asked, broken: boolean, journeyBegan: (traceId: string, endsAt?: string) => void): void {
  const { body } = asked;
  const traceId = traceIdOf(asked);
  if (body['reason'] === 'frozen') throw new Refusal({ status: 409, code: 'frozen', title: 'The environment is frozen', detail: 'local is frozen: release week.', fix: 'Wait until the freeze is lifted, or ask an operator to lift it.', at: 'deployment', traceId });
  if (body['reason'] !== 'fail-503' && !broken) return;
  journeyBegan(traceId, 'configuration');
  throw new Refusal({ status: 502, code: 'upstream_unavailable', title: 'A service behind this one cannot be reached', detail: 'configuration cannot be reached.', fix: 'Start the service that `at` names, or wait until it is ready.', at: 'configuration', traceId });
}

/** One server-sent event. */
export function sendEvent(response: ServerResponse, data: unknown): void {
  response.write(`data: ${JSON.stringify(data)}\n\n`);
}
