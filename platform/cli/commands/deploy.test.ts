import { expect, test } from '@jest/globals';
import { exit } from '../command.ts';
import { changeLike, COMMIT, environmentLike, ID, pageLike } from '../delivery/test/examples.ts';
import { failure, fakeGateway } from '../delivery/test/fake-gateway.ts';
import { heard } from '../test/heard.ts';
import { command as change } from './change.ts';
import { command as deploy } from './deploy.ts';
import { command as promote } from './promote.ts';

const world = await fakeGateway();

const read = `GET /v1/deployments/${ID}`;
const followed = (...states: Parameters<typeof changeLike>[0][]) => states.map((state) => [200, changeLike(state)] as const);

test('a deployment is asked for once and followed to its end; each state is told as it comes', async () => {
  world.answers = {
    'POST /v1/deployments': [202, changeLike()],
    [read]: followed({ status: 'proposed', pull: 7 }, { status: 'merged', pull: 7, commit: COMMIT }, { status: 'merged', pull: 7, commit: COMMIT }, { status: 'succeeded', pull: 7, commit: COMMIT }),
    'GET /v1/pulls/7': [200, pageLike({ number: 7, needed: 0, mergeable: true, hindrances: [] })],
  };
  const { io, printed, told } = heard(world.root);
  expect(await deploy.run(io, ['gateway', 'worktree'], { reason: 'why' })).toBe(exit.ok);
  const [asked] = world.asked;
  expect(asked).toMatchObject({ path: '/v1/deployments', body: { workload: 'gateway', environment: 'local', revision: 'worktree', reason: 'why' } });
  expect(asked?.key).toMatch(/^[0-9a-f-]{36}$/);
  expect(told).toEqual([
    `requested  gateway → worktree in local (request ${ID})`, 'proposed   pull request 7: gateway → worktree', 'merged     cccccccc is on main, and is being rolled out', 'succeeded  gateway → worktree in local',
  ]);
  expect(printed).toEqual(['succeeded  local  gateway → worktree  pull request 7  commit cccccccc']);
});

test('not followed when nobody wants to wait; the JSON is the API\'s own', async () => {
  world.answers = { 'POST /v1/deployments': [202, changeLike()] };
  const { io, emitted, told } = heard(world.root, true);
  expect(await deploy.run(io, ['gateway', 'worktree'], { reason: 'why', wait: false, environment: 'dev' })).toBe(exit.ok);
  expect(world.asked).toHaveLength(1);
  expect(world.asked[0]?.body).toMatchObject({ environment: 'dev' });
  expect(emitted).toEqual([changeLike()]);
  expect(told).toEqual([`Request ${ID} was taken, and goes on by itself. How it is: \`./journey send GET /v1/deployments/${ID}\`.`]);
});

test.each([
  ['refused', { status: 'refused', outcome: 'No.' }, 'It was refused.', 'No.'],
  ['closed', { status: 'closed', pull: 7, outcome: 'Closed by ada: no' }, 'Its pull request was closed.', 'Closed by ada: no'],
  ['failed', { status: 'failed', outcome: 'roll it back by hand', evidence: ['it died'] }, 'It failed.', 'roll it back by hand · it died'],
  ['failed rollback', { kind: 'rollback', status: 'failed' }, 'It failed.', 'The deployment service did not say why.'],
  ['rolledBack', { status: 'rolledBack', outcome: 'Taken back by itself.', evidence: ['it died'] }, 'It was taken back.', 'Taken back by itself. · it died'],
] as const)('%s ends with 1, and says why', async (_, state, message, why) => {
  world.answers = { 'POST /v1/deployments': [202, changeLike()], [read]: followed(state) };
  const { io, emitted } = heard(world.root, true);
  expect(await failure(deploy.run(io, ['gateway', 'worktree'], { reason: 'why' }))).toMatchObject({ code: exit.failure, message, why });
  expect(emitted).toEqual([changeLike(state)]);
});

test('one that is being taken back is followed to that end', async () => {
  world.answers = { 'POST /v1/deployments': [202, changeLike()], [read]: followed({ status: 'failed', outcome: 'It did not become healthy and is being taken back.' }, { status: 'rolledBack', outcome: 'Taken back by itself.' }) };
  expect((await failure(deploy.run(heard(world.root).io, ['gateway', 'worktree'], { reason: 'why' }))).message).toBe('It was taken back.');
});

test('what is away for a moment is asked again', async () => {
  world.answers = { 'POST /v1/deployments': [202, changeLike()], [read]: [[502, { detail: 'starting', code: 'upstream_unavailable' }], ...followed({ status: 'unchanged', outcome: 'main says so already.' })] };
  expect(await deploy.run(heard(world.root).io, ['gateway', 'worktree'], { reason: 'why' })).toBe(exit.ok);
});

test('not ended in time: 4, with what keeps it', async () => {
  world.answers = {
    'POST /v1/deployments': [202, changeLike()], [read]: followed({ status: 'proposed', pull: 7 }),
    'GET /v1/pulls/7': [200, pageLike({ needed: 0, hindrances: ['The window of production is closed: wait for it.'] }, { checks: [{ name: 'prepare gateway', passed: false, running: true, said: [] }] })],
  };
  expect(await failure(deploy.run(heard(world.root).io, ['gateway', 'worktree'], { reason: 'why', patience: '1' }))).toMatchObject({ code: exit.unhealthy, why: 'The window of production is closed: wait for it.', message: 'It is proposed, and has not ended within 1 s.' });
  world.answers[read] = [200, changeLike()];
  expect((await failure(deploy.run(heard(world.root).io, ['gateway', 'worktree'], { reason: 'why', patience: '0' }))).fix).toContain('./journey pulls');
});

test('a failed check ends it: nobody can merge that', async () => {
  world.answers = {
    'POST /v1/deployments': [202, changeLike()], [read]: followed({ status: 'proposed', pull: 7 }),
    'GET /v1/pulls/7': [200, pageLike({ needed: 0, hindrances: ['The check synth failed.'] }, { checks: [{ name: 'prepare gateway', passed: false, running: true, said: [] }, { name: 'synth', passed: false, running: false, said: [] }] })],
  };
  expect(await failure(deploy.run(heard(world.root).io, ['gateway', 'worktree'], { reason: 'why' }))).toMatchObject({ code: exit.failure, why: 'The check synth failed.' });
});

test('a knob waits for a second person: that is no failure, and it is said what must happen', async () => {
  world.answers = { 'POST /v1/changes': [202, changeLike({ kind: 'knob' })], 'GET /v1/environments': [200, { head: COMMIT, environments: [environmentLike()] }], [read]: followed({ kind: 'knob', status: 'proposed', pull: 3 }), 'GET /v1/pulls/3': [200, pageLike()] };
  const { io, told } = heard(world.root);
  expect(await change.run(io, ['knob', 'rateLimit', '100'], { reason: 'why' })).toBe(exit.ok);
  expect(world.asked.find(({ method }) => method === 'POST')?.body).toEqual({ environment: 'local', reason: 'why', knob: 'rateLimit', value: 100 });
  expect(told.at(-1)).toBe('Next: `./journey approve 3` by somebody else than cli@journey.local, then `./journey merge 3`.');
  world.answers[read] = [200, changeLike({ kind: 'knob', status: 'proposed', pull: 3 })];
  world.answers['GET /v1/pulls/3'] = [200, pageLike({ mergeable: true, hindrances: [], approvals: [{ by: 'ada@example.com', at: '2026-01-02T03:04:05Z', commit: 'd'.repeat(40), counts: true }] })];
  await change.run(io, ['knob', 'rateLimit', '100'], { reason: 'why' });
  expect(told.at(-1)).toBe('Next: `./journey merge 3`.');
  // One that does not count is none, and where only an admin's is taken an admin is asked for.
  world.answers[read] = [200, changeLike({ kind: 'knob', status: 'proposed', pull: 3 })];
  world.answers['GET /v1/pulls/3'] = [200, pageLike({ adminFor: 'production', approvals: [{ by: 'ada@example.com', at: '2026-01-02T03:04:05Z', commit: COMMIT, counts: false }] })];
  await change.run(io, ['knob', 'rateLimit', '100'], { reason: 'why' });
  expect(told.at(-1)).toBe('Next: `./journey approve 3` by an admin other than cli@journey.local, then `./journey merge 3`.');
});

test.each([
  [['knob', 'logLevel', '5'], { knob: 'logLevel', value: '5' }], [['knob', 'rateLimit', 'many'], { knob: 'rateLimit', value: 'many' }], [['knob', 'unknown', '5'], { knob: 'unknown', value: '5' }],
  [['scale', 'gateway', '2'], { workload: 'gateway', replicas: 2 }], [['scale', 'gateway', '2', '5'], { workload: 'gateway', replicas: 2, most: 5 }],
])('%j asks for %j', async (args, body) => {
  world.answers = { 'POST /v1/changes': [202, changeLike()], 'GET /v1/environments': [200, { head: null, environments: [environmentLike()] }] };
  await change.run(heard(world.root).io, args, { reason: 'why', wait: false });
  expect(world.asked.at(-1)?.body).toEqual({ environment: 'local', reason: 'why', ...body });
});

test.each([[['color', 'a', 'b']], [['knob', 'rateLimit', '1', '2']], [['scale', 'gateway', 'two']], [['scale', 'gateway', '2', '-1']]])('%j is wrong usage, and nothing is asked', async (args) => {
  expect((await failure(change.run(heard(world.root).io, args, { reason: 'why' }))).code).toBe(exit.usage);
  expect(world.asked).toEqual([]);
});

test('a promotion names its workloads, or none for all', async () => {
  world.answers = { 'POST /v1/promotions': [202, changeLike()] };
  const { io } = heard(world.root);
  await promote.run(io, ['dev', 'staging'], { reason: 'why', wait: false });
  await promote.run(io, ['dev', 'staging', 'gateway', 'auth', 'gateway'], { reason: 'why', wait: false });
  expect(world.asked.map(({ body }) => body)).toEqual([{ from: 'dev', to: 'staging', reason: 'why' }, { from: 'dev', to: 'staging', workloads: ['gateway', 'auth'], reason: 'why' }]);
});

test.each([
  ['There is no reason.', {}], ['There is no reason.', { reason: '  ' }], ['The reason has 501 characters.', { reason: 'x'.repeat(501) }], ['"long" is no value for --patience.', { reason: 'x', patience: 'long' }],
])('%s Nothing is asked', async (message, options) => {
  expect(await failure(deploy.run(heard(world.root).io, ['gateway', 'worktree'], options))).toMatchObject({ code: exit.usage, message });
  expect(world.asked).toEqual([]);
});

test('a refusal speaks of commands, and names the fields that do not fit', async () => {
  world.answers = { 'POST /v1/deployments': [400, { detail: 'staging takes only what runs in dev.', code: 'invalid_body', fix: 'POST /v1/promotions {"from": "dev", "to": "staging", "workloads": ["gateway"], …}.', errors: [{ path: '/workload', message: 'must match' }], traceId: 'f00' }] };
  expect(await failure(deploy.run(heard(world.root).io, ['gateway', 'worktree'], { reason: 'x' }))).toMatchObject({
    code: exit.failure, why: 'staging takes only what runs in dev. (invalid_body); /workload must match', fix: '`./journey promote dev staging gateway --reason …`. See `./journey trace f00`.',
  });
});

test('an answer that its contract does not know is a fault of the gateway', async () => {
  world.answers = { 'POST /v1/deployments': [202, { ...changeLike(), status: 'dreaming' }] };
  expect(await failure(deploy.run(heard(world.root).io, ['gateway', 'worktree'], { reason: 'x' }))).toMatchObject({ code: exit.failure, message: 'The answer to POST /v1/deployments is not what its contract says.' });
});
