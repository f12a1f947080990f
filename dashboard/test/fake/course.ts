import type { Cell, ChangeRequest, Check, Pull } from '../../api/delivery.ts';
import { fakeDiff, type FakeFact } from './diff.ts';
import { randomHex } from './refusal.ts';
import { changeEnvironment, changeRequest, later, type FakePull, type World } from './world.ts';

/** How long each step takes, in milliseconds: long enough to be seen, short enough to be awaited. */
const paceMs = { render: 350, merge: 350, start: 500, watch: 900 } as const;

/** What becomes of a request, step by step. Its reason may be a sentinel: `refused` never becomes a pull request, `unready` is got ready for ever, `crashes` is rolled back. */
export function take(world: World, request: ChangeRequest, apply: Apply): void {
  later(world, paceMs.render, () => {
    if (request.reason === 'refused') return changeRequest(world, request.id, { status: 'refused', outcome: 'release/gateway is held since it was taken back in local by admin@localhost: choose another one, or ask an admin to lift the hold.' });
    if (apply.facts.every(({ from, to }) => from === to)) return changeRequest(world, request.id, { status: 'unchanged', outcome: 'main says so already.' });
    const opened = open(world, request, apply);
    if (request.reason === 'unready') prepareForEver(opened, request);
    changeRequest(world, request.id, { status: 'proposed', pull: opened.pull.number });
    if (opened.pull.mergeable) later(world, paceMs.merge, () => merge(world, opened, request.requestedBy));
  });
}

export interface Apply {
  readonly facts: readonly FakeFact[];
  readonly needed: number;
  /** What the workloads become. */
  readonly cells: (cell: Cell) => Cell;
  readonly undoes?: string;
}
export const passedChecks: Check[] = [{ name: 'synth', passed: true, running: false, said: [] }, { name: 'policies', passed: true, running: false, said: ['86 files, 412 objects, nothing found'] }];
const applies = new Map<string, { readonly apply: Apply; readonly id: string }>();

export function open(world: World, request: ChangeRequest, apply: Apply): FakePull {
  const number = Math.max(0, ...world.pulls.map(({ pull }) => pull.number)) + 1;
  const [base, head] = [world.head ?? '', randomHex(40)];
  const diff = fakeDiff(base, head, request.environment, apply.facts);
  const opened: FakePull = {
    pull: {
      number, title: `${request.environment}: ${request.summary}`, body: `${request.reason}\n\n${diff.text}`, author: request.requestedBy, state: 'open', base, head, branch: `change/${number}`, openedAt: new Date().toISOString(),
      approvals: [], needed: apply.needed, environments: [request.environment], change: request.id, ...adminFor(world, request.environment, apply.needed), ...decided(apply.needed, 0, request),
    },
    diff, checks: passedChecks,
  };
  world.pulls.unshift(opened);
  applies.set(head, { apply, id: request.id });
  return opened;
}

function prepareForEver(opened: FakePull, { workload = '' }: ChangeRequest): void {
  opened.checks = [...opened.checks, { name: `prepare ${workload}`, passed: false, running: true, said: [] }];
  opened.pull = { ...opened.pull, mergeable: false, hindrances: [`prepare ${workload} is not ready yet: wait.`] };
}

/** An environment where even a release is approved wants an admin's. */
function adminFor({ environments }: World, environment: string, needed: number): Pick<Pull, 'adminFor'> {
  const guarded = environments.some(({ name, approvals }) => name === environment && approvals.release > 0);
  return guarded && needed > 0 ? { adminFor: environment } : {};
}

export function decided(needed: number, given: number, { requestedBy, environment }: Pick<ChangeRequest, 'requestedBy' | 'environment'>) {
  const hindrances = [
    ...(given < needed ? [`It needs ${needed - given} more approval by somebody other than ${requestedBy}.`] : []),
    ...(environment === 'production' ? ['The window of production is closed until 2030-01-01T08:00:00Z: wait for it.'] : []),
  ];
  return { mergeable: hindrances.length === 0, hindrances };
}

/** Puts it on main and rolls it out where somebody watches. */
export function merge(world: World, { pull }: FakePull, by: string): void {
  const found = applies.get(pull.head);
  const request = world.requests.find(({ id }) => id === found?.id);
  if (!found || !request) return;
  const commit = randomHex(40);
  const workloads = [...new Set(found.apply.facts.flatMap(({ workload }) => workload ?? []))];
  world.pulls = world.pulls.map((each) => (each.pull.number === pull.number ? { ...each, pull: { ...each.pull, state: 'merged', mergedAs: commit, mergedBy: by, mergedAt: new Date().toISOString(), mergeable: false, hindrances: ['It is merged already.'] } } : each));
  const { undoes } = found.apply;
  world.history = [
    {
      commit, parents: [world.head ?? ''].filter(Boolean), at: new Date().toISOString(), author: 'Request-Journey', title: `Merge #${pull.number}: ${pull.title}`, reason: request.reason, requestedBy: request.requestedBy,
      approvedBy: world.pulls.find((each) => each.pull.number === pull.number)?.pull.approvals.filter(({ counts }) => counts).map((approval) => approval.by) ?? [], pull: pull.number, traceId: request.traceId, kind: request.kind, environments: [request.environment], workloads, ...(undoes && { undoes }),
    },
    ...world.history.map((entry) => (entry.commit === undoes ? { ...entry, undoneBy: commit } : entry)),
  ];
  if (undoes) world.holds.unshift(...found.apply.facts.map((fact, index) => ({ id: world.holds.length + index + 1, environment: request.environment, subject: fact.subject, value: fact.from ?? '', reason: request.reason, by: request.requestedBy, at: new Date().toISOString() })));
  world.head = commit;
  world.facts.set(commit, found.apply.facts);
  changeEnvironment(world, request.environment, (environment) => ({ ...environment, knobs: environment.knobs.map((knob) => withFact(knob, found.apply.facts)) }));
  changeRequest(world, request.id, { status: 'merged', commit });
  const takenBack = world.requests.find((each) => undoes !== undefined && each.commit === undoes);
  if (takenBack) changeRequest(world, takenBack.id, { status: 'rolledBack', outcome: `Taken back by ${request.requestedBy}: ${request.reason}` });
  if (world.environments.find(({ name }) => name === request.environment)?.connected) rollOut(world, request, found.apply, commit, workloads);
  else later(world, paceMs.start, () => changeRequest(world, request.id, { status: 'succeeded', outcome: 'merged; no cluster is connected, so nothing was rolled out' }));
}

function withFact<K extends { readonly name: string; readonly value: string | number }>(knob: K, facts: readonly FakeFact[]): K {
  const to = facts.find(({ subject }) => subject === `knob/${knob.name}`)?.to;
  return to === undefined ? knob : { ...knob, value: typeof knob.value === 'number' ? Number(to) : to };
}

function rollOut(world: World, { id, environment, reason }: ChangeRequest, apply: Apply, commit: string, workloads: readonly string[]): void {
  const startedAt = new Date().toISOString();
  const cells = (change: (cell: Cell) => Cell) => changeEnvironment(world, environment, (each) => ({ ...each, revision: commit, workloads: each.workloads.map((cell) => (workloads.includes(cell.workload) ? change(cell) : cell)) }));
  cells((cell) => {
    const after = apply.cells(cell);
    return { ...after, live: cell.live ?? cell.release, sync: 'OutOfSync', health: 'Progressing', ready: 0, drift: [], rollout: { release: after.release, commit, phase: 'Progressing', startedAt, evidence: [] } };
  });
  later(world, paceMs.start, () => cells((cell) => ({ ...cell, live: cell.release, sync: 'Synced', ready: cell.replicas ?? 1 })));
  later(world, paceMs.start + paceMs.watch, () => {
    const endedAt = new Date().toISOString();
    if (reason === 'crashes') {
      const evidence = ['gateway: exited with code 1, 10 s after its start'];
      cells((cell) => ({ ...cell, health: 'Degraded', why: 'it exited with code 1', ready: 0, ...(cell.rollout && { rollout: { ...cell.rollout, phase: 'Degraded', endedAt, evidence } }) }));
      changeRequest(world, id, { status: 'rolledBack', outcome: 'Taken back by itself.', evidence });
      return;
    }
    cells((cell) => ({ ...cell, health: 'Healthy', since: endedAt, ...(cell.rollout && { rollout: { ...cell.rollout, phase: 'Healthy', endedAt } }) }));
    changeRequest(world, id, { status: 'succeeded' });
  });
}

