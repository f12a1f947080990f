import { expect, test } from '@jest/globals';
import { exit } from '../command.ts';
import { changeLike, COMMIT, HEAD, ID, pageLike, pullLike } from '../delivery/test/examples.ts';
import { failure, fakeGateway } from '../delivery/test/fake-gateway.ts';
import { heard } from '../test/heard.ts';
import { command as approve } from './approve.ts';
import { command as close } from './close.ts';
import { command as merge } from './merge.ts';
import { command as pull } from './pull.ts';
import { command as pulls } from './pulls.ts';

const world = await fakeGateway();

const at = '2026-01-02T03:04:05Z';
const approved = pullLike({ approvals: [{ by: 'ada@example.com', at, commit: HEAD, counts: true }], mergeable: true, hindrances: [] });

test('the list says who must still approve; what others wrote cannot steer the terminal', async () => {
  const { io, printed, told } = heard(world.root);
  world.answers = { 'GET /v1/pulls': [[200, { forge: 'local', pulls: [], unlisted: 0 }], [200, { forge: 'local', pulls: [approved, pullLike({ number: 12, approvals: [{ by: 'ada@example.com', at, commit: COMMIT, counts: false }] }), pullLike({ number: 2, state: 'closed', title: '\u001b[2J\nno', needed: 0 }), pullLike({ number: 1, state: 'merged' })], unlisted: 7 }]] };
  expect(await pulls.run(io, [], {})).toBe(exit.ok);
  expect(told.at(-1)).toContain('no pull request yet');
  await pulls.run(io, [], {});
  expect(printed.map((line) => line.replace(/\d+ d ago/, 'long ago'))).toEqual([
    '#3   ready   cli@journey.local  1 of 1 approved  long ago  local: rateLimit 200 → 100',
    '#12  open    cli@journey.local  0 of 1 approved  long ago  local: rateLimit 200 → 100',
    '#2   closed  cli@journey.local                   long ago  \\u001b[2J no',
    '#1   merged  cli@journey.local  0 of 1 approved  long ago  local: rateLimit 200 → 100',
  ]);
  expect(told.at(-1)).toMatch(/^7 older open ones are not in this list/);
  const json = heard(world.root, true);
  await pulls.run(json.io, [], {});
  expect([json.emitted, json.told]).toMatchObject([[{ forge: 'local', unlisted: 7 }], []]);
});

test('one pull request: stdout holds the bytes of the diff and nothing else', async () => {
  const text = '## 1 change in local\n\n- knob `200` → `100`\n\tand a tab\n';
  const page = pageLike({}, { diff: { from: COMMIT, to: HEAD, text, environments: [] }, checks: [{ name: 'synth', passed: true, running: false, said: [] }, { name: 'check', passed: false, running: false, said: [] }, { name: 'prepare gateway', passed: false, running: true, said: [] }] });
  world.answers = { 'GET /v1/pulls/3': [200, page] };
  const { io, printed, told } = heard(world.root);
  expect(await pull.run(io, ['#3'], {})).toBe(exit.ok);
  expect(printed.map((line) => `${line}\n`).join('')).toBe(text);
  expect(told.join('\n')).toMatch(/✓ synth\n {2}✗ check\n {2}… prepare gateway +under way\n {2}hindered +It needs 1 more/);
  const json = heard(world.root, true);
  await pull.run(json.io, ['3'], {});
  expect(json.emitted).toEqual([page]);
});

test.each([
  [{ state: 'merged', mergedBy: 'ada', mergedAs: COMMIT, url: 'https://forge.example/3', needed: 0 }, /merged by ada as cccccccc[\s\S]*https:\/\/forge\.example\/3[\s\S]*nobody must/],
  [{ state: 'closed', closedBy: 'ada', approvals: [{ by: 'ada', at, commit: COMMIT, counts: true }] }, /closed by ada[\s\S]*by ada \(cccccccc\); 1 must/],
  [{ adminFor: 'production', approvals: [{ by: 'ada', at, commit: COMMIT, counts: false }, { by: 'otto', at, commit: HEAD, counts: false }, { by: 'eva', at, commit: HEAD, counts: true }] }, /by ada \(cccccccc, does not count\), by otto \(does not count\), by eva; 1 must, an admin among them for production/],
] as const)('%j is told so', async (more, pattern) => {
  world.answers = { 'GET /v1/pulls/3': [200, pageLike(more)] };
  const { io, printed, told } = heard(world.root);
  await pull.run(io, ['3'], {});
  expect(told.join('\n')).toMatch(pattern);
  expect([printed, told.at(-1)]).toEqual([[], 'Nobody knows what it changes.']);
});

test('approves the commit that is there, or none when another one was looked at', async () => {
  world.answers = { 'GET /v1/pulls/3': [200, pageLike()], 'POST /v1/pulls/3/approval': [200, approved] };
  const { io, printed, told } = heard(world.root);
  expect(await approve.run(io, ['3'], { commit: HEAD.slice(0, 8) })).toBe(exit.ok);
  expect(world.asked.at(-1)?.body).toEqual({ commit: HEAD });
  expect([printed, told]).toEqual([['#3 is approved by 1 of 1.'], ['Next: `./journey merge 3`.']]);
  world.asked.length = 0;
  expect(await failure(approve.run(io, ['3'], { commit: 'ffffffff' }))).toMatchObject({ code: exit.failure, why: `It is ${HEAD} now, not ffffffff.` });
  expect(world.lines()).toEqual(['GET /v1/pulls/3']);
  world.answers['POST /v1/pulls/3/approval'] = [200, pullLike({ needed: 2 })];
  const json = heard(world.root, true);
  await approve.run(json.io, ['3'], {});
  expect(json.emitted).toHaveLength(1);
  expect(json.told).toEqual(['It needs 1 more approval by somebody other than cli@journey.local.']);
});

test('the author is told why not', async () => {
  world.answers = { 'GET /v1/pulls/3': [200, pageLike()], 'POST /v1/pulls/3/approval': [403, { detail: 'Nobody approves their own.', code: 'forbidden', fix: 'Ask somebody else.' }] };
  expect(await failure(approve.run(heard(world.root).io, ['3'], {}))).toMatchObject({ code: exit.failure, message: 'Pull request 3 is not approved.', why: 'Nobody approves their own. (forbidden)' });
});

test('a merge is followed until it is real', async () => {
  world.answers = { 'GET /v1/pulls/3': [200, pageLike()], 'POST /v1/pulls/3/merge': [200, pullLike({ state: 'merged', mergedAs: COMMIT })], [`GET /v1/deployments/${ID}`]: [[200, changeLike({ status: 'merged', commit: COMMIT })], [200, changeLike({ status: 'succeeded', commit: COMMIT })]] };
  const { io, printed, told } = heard(world.root);
  expect(await merge.run(io, ['3'], {})).toBe(exit.ok);
  expect(told).toEqual(['Pull request 3 is merged as cccccccc.', 'merged     cccccccc is on main, and is being rolled out', 'succeeded  gateway → worktree in local']);
  expect(printed).toEqual(['succeeded  local  gateway → worktree  commit cccccccc']);
});

test('one that nobody here asked for is merged, and there is nothing to follow', async () => {
  const { change: _, ...foreign } = pullLike({ state: 'merged' });
  world.answers = { 'GET /v1/pulls/3': [200, pageLike()], 'POST /v1/pulls/3/merge': [200, foreign] };
  expect(await merge.run(heard(world.root).io, ['3'], {})).toBe(exit.ok);
  expect(world.asked).toHaveLength(2);
});

test('closing wants a reason', async () => {
  world.answers = { 'POST /v1/pulls/3/closing': [200, pullLike({ state: 'closed' })] };
  const { io, printed } = heard(world.root);
  expect((await failure(close.run(io, ['3'], {}))).code).toBe(exit.usage);
  expect(await close.run(io, ['3'], { reason: 'not needed' })).toBe(exit.ok);
  expect([world.asked.at(-1)?.body, printed]).toEqual([{ reason: 'not needed' }, ['#3 is closed.']]);
  const json = heard(world.root, true);
  await close.run(json.io, ['3'], { reason: 'not needed' });
  expect(json.emitted).toMatchObject([{ number: 3, state: 'closed' }]);
});

test.each(['0', 'x', '', '-1', '3/../../people', '1234567890'])('"%s" is no number of a pull request', async (typed) => {
  for (const command of [pull, approve, merge]) expect((await failure(command.run(heard(world.root).io, [typed], {}))).code).toBe(exit.usage);
  expect(world.asked).toEqual([]);
});
