import { createHash } from 'node:crypto';
import type { Cell, Environment, Entry } from '../../api/delivery.ts';
import { factOf, fakeDiff } from './diff.ts';
import { open, passedChecks } from './course.ts';
import { randomHex } from './refusal.ts';
import { emptyWorld, newRequest, type World } from './world.ts';

const names = ['auth', 'configuration', 'dashboard', 'deployment', 'gateway', 'monitoring', 'notification'];
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const knobs = [
  { name: 'cookieSecure', about: 'is the session cookie sent over TLS only', value: 'no', declaredAt: 'platform/knobs.ts:5' },
  { name: 'logLevel', about: 'lowest level written', value: 'info', declaredAt: 'platform/knobs.ts:6' },
  { name: 'rateLimit', about: 'requests per second and client, at the gateway', value: 200, declaredAt: 'platform/knobs.ts:7' },
];
const healthy = (workload: string, release: string, minutes: number, rest: Partial<Cell> = {}): Cell => ({
  workload, release, live: release, sync: 'Synced', health: 'Healthy', replicas: 1, ready: 1, since: ago(minutes), ahead: 0, drift: [], declaredAt: `platform/workloads/${workload}.ts:7`, ...rest,
});
const unseen = (workload: string, release = 'unbuilt'): Cell => ({ workload, release, sync: 'Unknown', health: 'Unknown', ahead: 0, drift: [], declaredAt: `platform/workloads/${workload}.ts:7` });
const digest = (of: string) => `sha256:${createHash('sha256').update(of).digest('hex')}`;

/** `clean`: watched, and nothing drifts. `empty`: nothing was ever merged, and no environment is connected. */
export function cleanWorld(): World {
  const world = emptyWorld();
  const revision = world.head;
  const local: Environment = {
    name: 'local', kind: 'source', connected: true, engine: 'local reconciler', revision, automatic: true, approvals: { release: 0, model: 1 }, open: true, knobs,
    workloads: names.map((name, index) => healthy(name, 'worktree', 30 + index)),
  };
  world.environments = [local, unconnected('dev', { release: 0, model: 1 }), unconnected('staging', { release: 0, model: 1 }, 'dev'), production()];
  world.unwatched = ['dev', 'staging', 'production'].map((environment) => ({ environment, why: 'No cluster is connected: the engine of this platform watches local.' }));
  return world;
}

export function emptyFleet(): World {
  const world = cleanWorld();
  world.environments = world.environments.map(({ name, approvals, open, knobs: own, workloads }) => ({ name, connected: false, why: 'No engine answers.', approvals, open, knobs: own, workloads: workloads.map(({ workload }) => unseen(workload)) }));
  world.unwatched = world.environments.map(({ name }) => ({ environment: name, why: 'No engine answers.' }));
  return world;
}

/** A fleet in the middle of its day: some of everything that the pages have to show. */
export function busyWorld(): World {
  const world = cleanWorld();
  const [local, , , production] = world.environments;
  if (!local || !production) return world;
  const [gatewayOld, gatewayNew] = [digest('gateway-1'), digest('gateway-2')];
  const argo = (name: string, minutes: number, after?: string): Environment => ({
    name, kind: 'image', connected: true, engine: 'Argo CD', revision: world.head, automatic: true, approvals: { release: 0, model: 1 }, open: true, knobs: [], ...(after && { after }),
    workloads: names.map((workload) => healthy(workload, digest(`${workload}-1`), minutes, { replicas: 2, ready: 2 })),
  });
  const dev = argo('dev', 240);
  const staging = argo('staging', 1500, 'dev');
  world.environments = [
    { ...local, workloads: local.workloads.map((cell): Cell => (cell.workload === 'notification'
      ? { ...cell, sync: 'OutOfSync', drift: [{ field: 'env.LOG_LEVEL', desired: 'info', live: 'debug' }, { field: 'process', desired: '1 running', live: '' }], health: 'Degraded', ready: 0, why: 'its process ended with code 137' }
      : cell.workload === 'auth' ? healthy('auth', randomHex(40), 30, { ahead: 4 }) : cell)) },
    { ...dev, workloads: dev.workloads.map((cell): Cell => (['gateway', 'auth'].includes(cell.workload)
      ? { ...cell, release: cell.workload === 'gateway' ? gatewayNew : digest('auth-2'), live: cell.workload === 'gateway' ? gatewayNew : digest('auth-2'), next: 'staging', revision: randomHex(40), provenance: 'the workflow release, run 812' } : cell)) },
    { ...staging, revision: randomHex(40), workloads: staging.workloads.map((cell): Cell => (cell.workload === 'auth' ? { ...cell, ahead: 1 } : cell.workload === 'gateway'
      ? { ...cell, release: gatewayOld, live: gatewayOld, ahead: 3, next: 'production', health: 'Progressing', sync: 'OutOfSync', ready: 1, drift: [{ field: 'spec.replicas', desired: '2', live: '1' }], rollout: { release: gatewayOld, commit: randomHex(40), phase: 'Progressing', startedAt: ago(0.2), evidence: [] } } : cell)) },
    { ...production, workloads: production.workloads.map((cell) => (cell.workload === 'gateway' ? { ...cell, ahead: 1 } : cell)) },
  ];
  world.unwatched = [{ environment: 'production', why: 'No cluster is connected: Argo CD of this platform watches dev and staging.' }];
  tellStory(world);
  return world;
}

function tellStory(world: World): void {
  const add = (entry: Partial<Entry> & Pick<Entry, 'title'>): string => {
    const commit = randomHex(40);
    const parents = world.history[0] ? [world.history[0].commit] : world.head ? [world.head] : [];
    world.history.unshift({ commit, parents, at: ago(60 - world.history.length * 8), author: 'Request-Journey', approvedBy: [], environments: ['local'], workloads: [], traceId: randomHex(32), ...entry });
    world.head = commit;
    return commit;
  };
  const revision = randomHex(40);
  add({ title: `Merge #1: local: deployment worktree → ${revision.slice(0, 7)}`, kind: 'release', workloads: ['deployment'], pull: 1, requestedBy: 'admin@localhost', reason: 'The fix for the relay that stopped' });
  add({ title: 'Merge #2: local: rateLimit 100 → 200', kind: 'knob', workloads: ['gateway'], pull: 2, requestedBy: 'second@localhost', approvedBy: ['admin@localhost'], reason: 'The load test needs more than 100 requests per second' });
  const scaled = add({ title: 'Merge #3: local: gateway 1 → 3 replicas', kind: 'scale', workloads: ['gateway'], pull: 3, requestedBy: 'admin@localhost', approvedBy: ['second@localhost'], reason: 'Before the demonstration' });
  const unscaled = add({ title: 'Merge #4: local: take back gateway 1 → 3 replicas', kind: 'rollback', workloads: ['gateway'], pull: 4, requestedBy: 'admin@localhost', reason: 'The demonstration is over', undoes: scaled });
  const bad = add({ title: 'Merge #5: local: notification worktree → 9c4e1d0', kind: 'release', workloads: ['notification'], pull: 5, requestedBy: 'second@localhost', reason: 'Faster mail' });
  const unbad = add({ title: 'Merge #6: local: take back notification worktree → 9c4e1d0', kind: 'rollback', workloads: ['notification'], pull: 6, requestedBy: 'automatic', reason: 'It never became ready', undoes: bad });
  world.history = world.history.map((entry) => (entry.commit === scaled ? { ...entry, undoneBy: unscaled } : entry.commit === bad ? { ...entry, undoneBy: unbad } : entry));
  const evidence = ['notification: readiness answered 503 for 30 s: "MAIL cannot be reached"', 'last line: {"level":"error","msg":"connect ECONNREFUSED 127.0.0.1:1"}'];
  newRequest(world, { kind: 'scale', environment: 'local', workload: 'gateway', summary: 'gateway 1 → 3 replicas', reason: 'Before the demonstration', requestedBy: 'admin@localhost', status: 'rolledBack', pull: 3, commit: scaled, outcome: 'Taken back by admin@localhost: The demonstration is over' });
  newRequest(world, { kind: 'rollback', environment: 'local', workload: 'notification', summary: 'notification 9c4e1d0 → worktree', reason: 'It never became ready', requestedBy: 'automatic', status: 'succeeded', pull: 6, commit: unbad });
  newRequest(world, { kind: 'release', environment: 'local', workload: 'notification', revision: bad, summary: 'notification worktree → 9c4e1d0', reason: 'Faster mail', requestedBy: 'second@localhost', status: 'rolledBack', pull: 5, commit: bad, outcome: 'Taken back by itself.', evidence });
  newRequest(world, { kind: 'release', environment: 'production', workload: 'gateway', revision: digest('held'), summary: `gateway unbuilt → ${digest('held').slice(0, 15)}`, reason: 'Try it', requestedBy: 'second@localhost', status: 'refused', outcome: `release/gateway ${digest('held').slice(0, 15)} is held since it was taken back in staging by admin@localhost: choose another one, or ask an admin to lift the hold.` });
  world.holds = [{ id: 1, environment: 'local', subject: 'release/notification', value: bad, reason: 'It never became ready', by: 'automatic', at: ago(20) }, { id: 2, environment: 'local', subject: 'scale/gateway', value: '3', reason: 'The demonstration is over', by: 'admin@localhost', at: ago(36) }];
  for (const entry of world.history) addPull(world, entry);
  const knob = newRequest(world, { kind: 'knob', environment: 'local', summary: 'logLevel info → debug', reason: 'Something drops mails at night, and nobody sees why', requestedBy: 'admin@localhost', status: 'proposed', pull: 7 });
  open(world, knob, { facts: [factOf.knob('logLevel', 'info', 'debug', 'local')], needed: 1, cells: (cell) => cell });
  const sized = newRequest(world, { kind: 'scale', environment: 'production', workload: 'gateway', summary: 'gateway 3 → 5 replicas', reason: 'The sale begins on Friday', requestedBy: 'second@localhost', status: 'proposed', pull: 8 });
  open(world, sized, { facts: [factOf.scale('gateway', '3', '5', 'production')], needed: 1, cells: (cell) => cell });
  world.environments = world.environments.map((environment) => (environment.name === 'staging' ? environment : environment.connected ? { ...environment, revision: world.head } : environment));
}

function addPull(world: World, { pull: number = 0, title, requestedBy = '', approvedBy, commit, parents, environments, at, kind }: Entry): void {
  const head = randomHex(40);
  const base = parents[0] ?? '';
  world.pulls.push({
    pull: {
      number, title: title.replace(/^Merge #\d+: /, ''), body: `${title}\n`, author: requestedBy, state: 'merged', base, head, branch: `change/${number}`, openedAt: at,
      approvals: approvedBy.map((by) => ({ by, at, commit: head, counts: true })), needed: approvedBy.length, environments, mergedAs: commit, mergedBy: requestedBy, mergedAt: at, mergeable: false, hindrances: ['It is merged already.'],
    },
    diff: fakeDiff(base, head, 'local', [kind === 'knob' ? factOf.knob('rateLimit', '100', '200', 'local') : kind === 'scale' ? factOf.scale('gateway', '1', '3', 'local') : factOf.release('notification', 'worktree', randomHex(40), 'local')]),
    checks: passedChecks,
  });
}

function unconnected(name: string, approvals: Environment['approvals'], after?: string): Environment {
  return { name, kind: 'image', connected: false, why: 'The engine watches local only.', approvals, open: true, knobs: [], workloads: names.map((workload) => unseen(workload)), ...(after && { after }) };
}

function production(): Environment {
  return { ...unconnected('production', { release: 1, model: 1 }, 'staging'), open: false, window: '0 8 * * 1-4 for 8 h (Europe/Dublin)', soakMinutes: 60 };
}
