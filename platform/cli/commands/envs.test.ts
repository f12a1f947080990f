import { expect, test } from '@jest/globals';
import { exit } from '../command.ts';
import { cellLike, COMMIT, entryLike, environmentLike, HEAD } from '../delivery/test/examples.ts';
import { failure, fakeGateway } from '../delivery/test/fake-gateway.ts';
import { heard } from '../test/heard.ts';
import { command as automatic } from './automatic.ts';
import { command as drift } from './drift.ts';
import { command as envs } from './envs.ts';
import { command as history } from './history.ts';
import { command as holds } from './holds.ts';
import { command as lift } from './lift.ts';
import { command as sync } from './sync.ts';

const world = await fakeGateway();

const live = { engine: 'local reconciler', environment: 'local', revision: COMMIT, automatic: false, observedAt: '2026-01-02T03:04:05Z', workloads: [] };
const fleet = (...environments: ReturnType<typeof environmentLike>[]) => [200, { head: COMMIT, environments }] as const;

test('the matrix says what main says, what is seen, and who is not connected', async () => {
  const digest = `sha256:${'1'.repeat(64)}`;
  world.answers = { 'GET /v1/environments': fleet(
    environmentLike({ workloads: [
      cellLike({ ready: 1, replicas: 1, since: new Date(Date.now() - 7 * 60_000 - 20_000).toISOString(), declaredAt: 'platform/workloads/gateway.ts:11' }),
      cellLike({ workload: 'auth', release: HEAD, live: 'worktree', ready: 0, sync: 'OutOfSync', health: 'Degraded', ahead: 2, why: 'it died\u001b[31m', drift: [{ field: 'env.RATE', desired: '1', live: '2' }] }),
    ] }),
    environmentLike({ name: 'staging', kind: 'image', connected: false, why: 'No cluster is connected.', after: 'dev', approvals: { release: 2, model: 1 }, soakMinutes: 30, window: '0 8 * * 1-4 for 8 h (UTC)', open: false, workloads: [cellLike({ release: digest, revision: HEAD, next: 'production', ahead: 1 }), cellLike({ workload: 'auth', release: 'unbuilt' })] }),
    environmentLike({ name: 'dev', kind: 'image', connected: false, workloads: [cellLike({ release: 'unbuilt' }), cellLike({ workload: 'auth', release: 'unbuilt' })] }),
  ) };
  const { io, printed } = heard(world.root);
  expect(await envs.run(io, [], {})).toBe(exit.ok);
  expect(printed).toEqual([
    'local  local reconciler · automatic sync on · main at cccccccc',
    '  gateway  worktree                    Synced     Healthy   1 of 1  for 7 min  platform/workloads/gateway.ts:11',
    '  auth     dddddddd, worktree answers  OutOfSync  Degraded  0 of 0                                               2 commits behind main · it died\\u001b[31m',
    '    auth: env.RATE should be 1 and is 2',
    '',
    'staging  No cluster is connected. · takes what runs in dev · 2 approvals · after 30 minutes there · window 0 8 * * 1-4 for 8 h (UTC): closed',
    '  gateway  sha256:111111111111 (dddddddd)    1 change behind dev · may go to production',
    '  auth     unbuilt',
    '',
    'dev  no cluster is connected',
    '  2 workloads, all unbuilt',
  ]);
  const json = heard(world.root, true);
  await envs.run(json.io, [], {});
  expect(json.emitted).toMatchObject([{ head: COMMIT }]);
});

test('a sync is followed until everything is as main says', async () => {
  const local = (more: Parameters<typeof cellLike>[0]) => fleet(environmentLike({ workloads: [cellLike(more)] }));
  world.answers = { 'POST /v1/environments/local/sync': [202, live], 'GET /v1/environments': [[503, { detail: 'starting', code: 'unavailable' }], local({ sync: 'OutOfSync' }), local({ health: 'Progressing' }), local({})] };
  const { io, printed } = heard(world.root);
  expect(await sync.run(io, ['local'], { reason: 'now' })).toBe(exit.ok);
  expect(world.asked[0]?.body).toEqual({ reason: 'now' });
  expect(printed.at(-1)).toMatch(/Synced {2}Healthy/);
  world.answers['GET /v1/environments'] = local({ sync: 'OutOfSync' });
  const json = heard(world.root, true);
  expect(await sync.run(json.io, ['local'], { reason: 'now', patience: '1' })).toBe(exit.unhealthy);
  expect(json.emitted).toMatchObject([{ name: 'local' }]);
  world.answers['GET /v1/environments'] = fleet();
  expect((await failure(sync.run(io, ['local'], { reason: 'now' }))).message).toBe('local is not on main any more.');
});

test('what stays unwell while nothing goes on is not waited for', async () => {
  world.answers = { 'POST /v1/environments/local/sync': [202, live], 'GET /v1/environments': fleet(environmentLike({ workloads: [cellLike({ health: 'Degraded', why: 'it died' })] })) };
  const { io, printed } = heard(world.root);
  expect(await sync.run(io, ['local'], { reason: 'now' })).toBe(exit.unhealthy);
  expect(printed.at(-1)).toContain('it died');
}, 20_000);

test('without waiting a sync answers at once, with what the API said', async () => {
  world.answers = { 'POST /v1/environments/local/sync': [202, live] };
  const [plain, json] = [heard(world.root), heard(world.root, true)];
  for (const { io } of [plain, json]) expect(await sync.run(io, ['local'], { reason: 'now', wait: false })).toBe(exit.ok);
  expect([plain.told, json.emitted]).toEqual([['local reconciler makes local what main says.'], [live]]);
});

test.each(['', '.', '..'])('"%s" would be another path: nothing is asked', async (name) => {
  expect((await failure(sync.run(heard(world.root).io, [name], { reason: 'now' }))).code).toBe(exit.usage);
  expect(world.asked).toEqual([]);
});

test('a name cannot leave its place in the path', async () => {
  world.answers = { 'POST /v1/environments/..%2Fpeople%3F/sync': [400, { detail: 'no such name', code: 'invalid_params' }] };
  expect((await failure(sync.run(heard(world.root).io, ['../people?'], { reason: 'now' }))).why).toBe('no such name (invalid_params)');
});

test('automatic sync goes on and off, and nothing else', async () => {
  world.answers = { 'PUT /v1/environments/local/automatic': [[200, live], [200, { ...live, automatic: true }]] };
  const { io, printed } = heard(world.root);
  await automatic.run(io, ['local', 'off'], { reason: 'look' });
  await automatic.run(io, ['local', 'on'], { reason: 'done' });
  expect(world.asked.map(({ body }) => body)).toEqual([{ automatic: false, reason: 'look' }, { automatic: true, reason: 'done' }]);
  expect(printed).toEqual(['local: automatic sync is off (local reconciler).', 'local: automatic sync is on (local reconciler).']);
  expect((await failure(automatic.run(io, ['local', 'maybe'], { reason: 'x' }))).code).toBe(exit.usage);
  const json = heard(world.root, true);
  await automatic.run(json.io, ['local', 'on'], { reason: 'done' });
  expect(json.emitted).toHaveLength(1);
});

test('drift ends with 4 and shows the exact field; what nobody watches is said', async () => {
  const unwatched = [{ environment: 'dev', why: 'No cluster is connected.' }];
  world.answers = { 'GET /v1/drift': [[200, { drift: [{ environment: 'local', workload: 'gateway', field: 'env.RATE', desired: '1', live: '2' }], unwatched }], [200, { drift: [], unwatched }]] };
  const { io, printed, told } = heard(world.root);
  expect(await drift.run(io, [], {})).toBe(exit.unhealthy);
  expect(printed).toEqual(['local  gateway  env.RATE  should be 1  is 2', 'dev    No cluster is connected.']);
  const json = heard(world.root, true);
  expect(await drift.run(json.io, [], {})).toBe(exit.ok);
  expect([json.emitted, told]).toEqual([[{ drift: [], unwatched }], []]);
});

test('history: who, why, who approved, and what was taken back', async () => {
  world.answers = { 'GET /v1/history': [[200, { entries: [entryLike({ reason: 'slow\nvery', approvedBy: ['bob'], undoneBy: HEAD, undoes: 'a'.repeat(40) }), { ...entryLike({ title: 'by hand' }), requestedBy: undefined }], next: COMMIT }], [200, { entries: [] }]] };
  const { io, printed, told } = heard(world.root);
  expect(await history.run(io, [], { environment: 'local', workload: 'gateway', lines: '2', before: HEAD })).toBe(exit.ok);
  expect(world.asked[0]?.query).toEqual({ environment: 'local', workload: 'gateway', before: HEAD, limit: '2' });
  expect(printed.map((line) => line.replace(/\d+ d ago/, 'long ago').replace(/ {3,}/g, '   '))).toEqual([
    'cccccccc  long ago  ada@example.com  Merge #3: local: rateLimit 200 → 100',
    '   why: slow very · approved by bob · takes aaaaaaaa back · taken back in dddddddd',
    'cccccccc  long ago  automatic   by hand',
  ]);
  expect(told).toEqual([`Older ones: \`./journey history --before ${COMMIT}\`.`]);
  const json = heard(world.root, true);
  await history.run(json.io, [], {});
  expect([json.emitted, json.told]).toEqual([[{ entries: [] }], ['Nothing on main fits.']]);
});

test('holds are listed and lifted', async () => {
  const hold = { id: 2, environment: 'local', subject: 'release/gateway', value: HEAD, reason: 'it died', by: 'automatic', at: '2026-01-02T03:04:05Z' };
  world.answers = { 'GET /v1/holds': [[200, { holds: [hold] }], [200, { holds: [] }]], 'POST /v1/holds/2/lifting': [200, hold] };
  const { io, printed, told } = heard(world.root);
  await holds.run(io, [], {});
  expect(printed[0]?.replace(/\d+ d/, 'long')).toBe('2  local  release/gateway dddddddd  by automatic  long ago  it died');
  const json = heard(world.root, true);
  await holds.run(json.io, [], {});
  expect([json.emitted, json.told]).toEqual([[{ holds: [] }], ['Nothing is held.']]);
  expect(await lift.run(io, ['2'], { reason: 'it was the network' })).toBe(exit.ok);
  expect(printed.at(-1)).toBe('release/gateway dddddddd may be asked for again in local.');
  await lift.run(json.io, ['2'], { reason: 'it was the network' });
  expect(json.emitted.at(-1)).toEqual(hold);
  expect((await failure(lift.run(io, ['all'], { reason: 'x' }))).code).toBe(exit.usage);
  expect(told).toHaveLength(1);
});
