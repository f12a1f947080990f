import { deployment } from '../../../services/deployment/contract.ts';
import type { Pull } from '../../api/delivery.ts';
import { environmentIn, type WorldOf } from './asks.ts';
import { decided, merge } from './course.ts';
import { mustHave, on, Refusal, traceIdNow, type Answer, type Asked } from './refusal.ts';
import { changeEnvironment, changeRequest, liveOf, type FakePull, type World } from './world.ts';

const { routes } = deployment;

/** Decisions about pull requests, and what is asked of the engine. */
export function acts(worldOf: WorldOf): readonly Answer[] {
  return [
    on(routes.approve, (asked) => {
      const { name } = mustHave(asked.person, 'operator');
      const world = worldOf(asked);
      const { pull } = openPull(world, asked);
      if (pull.author === name) throw new Refusal({ status: 403, code: 'forbidden', title: 'This is not allowed', detail: 'Nobody approves their own.', fix: 'Ask somebody else to look at it.', at: 'deployment', traceId: traceIdNow() });
      if (pull.adminFor && !mustHave(asked.person, 'operator').roles.includes('admin')) throw new Refusal({ status: 403, code: 'forbidden', title: 'This is not allowed', detail: `${name} is no admin, and ${pull.adminFor} wants the approval of one.`, at: 'deployment', traceId: traceIdNow() });
      const approvals = [...pull.approvals.map((one) => ({ ...one, counts: one.counts && one.by !== name })), { by: name, at: new Date().toISOString(), commit: pull.head, counts: true }];
      return changePull(world, pull, { approvals, ...decided(pull.needed, approvals.filter(({ counts }) => counts).length, { requestedBy: pull.author, environment: pull.environments[0] ?? '' }) });
    }),
    on(routes.merge, (asked) => {
      const { name } = mustHave(asked.person, 'operator');
      const world = worldOf(asked);
      const opened = openPull(world, asked);
      if (!opened.pull.mergeable) throw conflict(opened.pull.hindrances.join(' '));
      merge(world, opened, name);
      return pullIn(world, asked).pull;
    }),
    on(routes.close, (asked) => {
      const { name } = mustHave(asked.person, 'operator');
      const world = worldOf(asked);
      const { pull } = openPull(world, asked);
      if (asked.body['reason'] === 'fail-503') throw new Refusal({ status: 502, code: 'upstream_unavailable', title: 'A service behind this one cannot be reached', detail: 'The forge cannot be reached.', at: 'deployment', traceId: traceIdNow() });
      if (pull.change) changeRequest(world, pull.change, { status: 'closed', outcome: `Closed by ${name}: ${String(asked.body['reason'])}` });
      return changePull(world, pull, { state: 'closed', closedBy: name, mergeable: false, hindrances: ['It is closed: ask again.'] });
    }),
    on(routes.sync, (asked) => {
      mustHave(asked.person, 'operator');
      const world = worldOf(asked);
      const { name } = environmentIn(world, asked.params['environment'] ?? '');
      mustBeHeard(asked);
      changeEnvironment(world, name, (environment) => ({ ...environment, revision: world.head, workloads: environment.workloads.map(({ why: _, ...cell }) => ({ ...cell, sync: 'Synced', health: 'Healthy', drift: [], ready: cell.replicas ?? 1, live: cell.release })) }));
      return stateOf(world, name);
    }),
    on(routes.setAutomatic, (asked) => {
      mustHave(asked.person, 'operator');
      const world = worldOf(asked);
      const { name } = environmentIn(world, asked.params['environment'] ?? '');
      mustBeHeard(asked);
      changeEnvironment(world, name, (environment) => ({ ...environment, automatic: asked.body['automatic'] === true }));
      return stateOf(world, name);
    }),
    on(routes.liftHold, (asked) => {
      mustHave(asked.person, 'admin');
      const world = worldOf(asked);
      const hold = world.holds.find(({ id }) => String(id) === asked.params['id']);
      if (!hold) throw new Refusal({ status: 404, code: 'not_found', title: 'There is nothing here', detail: 'Nothing is held under this number.', traceId: traceIdNow() });
      world.holds = world.holds.filter(({ id }) => id !== hold.id);
      return hold;
    }),
  ];
}

function mustBeHeard({ body }: Asked): void {
  if (body['reason'] === 'fail-503') throw new Refusal({ status: 502, code: 'upstream_unavailable', title: 'A service behind this one cannot be reached', detail: 'The engine does not answer.', fix: 'Look at ./journey status.', at: 'deployment', traceId: traceIdNow() });
}

function stateOf(world: World, name: string) {
  const state = liveOf(world, name);
  if (state) return state;
  throw conflict(`Nothing watches ${name}: connect its engine.`);
}

function pullIn(world: World, { params }: Asked): FakePull {
  const found = world.pulls.find(({ pull }) => String(pull.number) === params['number']);
  if (found) return found;
  throw new Refusal({ status: 404, code: 'not_found', title: 'There is nothing here', detail: 'There is no such pull request.', traceId: traceIdNow() });
}

function openPull(world: World, asked: Asked): FakePull {
  const found = pullIn(world, asked);
  if (found.pull.state !== 'open') throw conflict('It is not open any more.');
  if ('commit' in asked.body && asked.body['commit'] !== found.pull.head) throw conflict('Another commit was looked at: look at the new diff.');
  return found;
}

function changePull(world: World, { number }: Pull, change: Partial<Pull>): Pull {
  world.pulls = world.pulls.map((each) => (each.pull.number === number ? { ...each, pull: { ...each.pull, ...change } } : each));
  const changed = world.pulls.find(({ pull }) => pull.number === number)?.pull;
  if (changed) return changed;
  throw new Error(`There is no pull request ${number}.`);
}

function conflict(detail: string): Refusal {
  return new Refusal({ status: 409, code: 'conflict', title: 'This does not fit what is there', detail, fix: 'Do what the detail says, then try again.', at: 'deployment', traceId: traceIdNow() });
}
