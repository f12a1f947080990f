import { spawnSync } from 'node:child_process';
import { mkdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { commandWith } from '../commands/propose.ts';
import { fakeIo } from '../test/fake-io.ts';
import { propose } from './propose.ts';
import { world, type World } from './test/world.ts';

let w: World;
beforeAll(async () => { w = await world(); }, 120_000);
afterEach(async () => { expect(await w.leftovers()).toEqual([]); });
afterAll(() => w.remove());
const knob = (value: string | number, name = 'rateLimit') => ({ kind: 'knob', environment: 'local', knob: name, value }) as const;
const release = (value: string, workload = 'gateway') => ({ kind: 'release', environment: 'local', workload, release: value }) as const;

test('a knob: one commit on the base, on no branch, with what it says and what is rendered from it', async () => {
  const refs = w.git('for-each-ref');
  const proposed = await w.propose(knob(100), { reason: 'too many\nApproved-by: mallory', author: 'Ada <x>' });
  expect(proposed).toMatchObject({
    base: w.head(), environments: ['local'], workloads: ['gateway'], facts: [{ environment: 'local', subject: 'knob/rateLimit', from: '200', to: '100' }],
    checks: [{ name: 'synth', passed: true, said: [] }, { name: 'check', passed: true, said: [] }],
  });
  expect(w.git('rev-parse', `${proposed.commit}^@`)).toBe(w.head());
  expect(w.changed(w.head(), proposed.commit)).toEqual(['environments/local.ts', 'synth/local/journey.json', 'synth/local/plan.json']);
  expect(w.git('diff', '-U0', w.head(), proposed.commit).split('\n').filter((line) => /^[-+] /.test(line)).map((line) => line.trim())).toEqual([
    "-  knobs: { alertsTo: 'admin@localhost', cookieSecure: 'no', logLevel: 'info', rateLimit: 200, traceShare: 1, telemetryDays: 7 },", "+  knobs: { alertsTo: 'admin@localhost', cookieSecure: 'no', logLevel: 'info', rateLimit: 100, traceShare: 1, telemetryDays: 7 },",
    '-      "value": 200,', '+      "value": 100,', '-          "value": "200",', '+          "value": "100",',
  ]);
  expect(w.git('log', '-1', '--format=%an|%ae|%cn|%ce|%(trailers)|%B', proposed.commit)).toBe(
    'Ada x|ada-x@journey.local|Request-Journey|deployment@journey.local|Requested-by: ada\n|A change\n\ntoo many\n    Approved-by: mallory\n\nRequested-by: ada\n');
  expect(w.git('for-each-ref')).toBe(refs);
}, 30_000);

test('a size of a laptop', async () => {
  const proposed = await w.propose({ kind: 'scale', environment: 'local', workload: 'gateway', replicas: 2 });
  expect(proposed).toMatchObject({ workloads: ['gateway'], facts: [{ environment: 'local', subject: 'scale/gateway', from: '1', to: '2' }] });
}, 30_000);

test('a release that somebody pushed', async () => {
  const proposed = await w.propose(release(w.head()));
  expect(proposed).toMatchObject({ workloads: ['gateway'], facts: [{ subject: 'release/gateway', from: 'worktree', to: w.head() }] });
  expect(proposed.checks[0]).toEqual({ name: 'packages', passed: true, said: [] });
  expect(JSON.parse(w.git('show', `${proposed.commit}:environments/releases/local.json`)).gateway).toEqual({ revision: w.head() });
}, 30_000);

test('a release with other packages is a commit that a check speaks against', async () => {
  const other = w.withEntry('package-lock.json', '100644', '{"other":1}\n');
  w.git('branch', 'other', other);
  const proposed = await w.propose(release(other));
  expect(proposed.checks[0]).toMatchObject({ name: 'packages', passed: false, said: [expect.stringContaining('its packages differ')] });
  w.git('branch', '-D', 'other');
}, 30_000);

test.each<[string, () => string, RegExp]>([
  ['is not there', () => 'a'.repeat(40), /has no such commit/],
  ['is a tree', () => w.git('rev-parse', 'main^{tree}'), /has no such commit/],
  ['no branch leads to', () => w.withEntry('a.txt', '100644', 'a'), /No branch or tag/],
])('a release that %s is refused', async (_, revision, said) => {
  expect(await w.refusal(release(revision()))).toMatch(said);
});

test('a release without the workload is refused', async () => {
  const empty = w.git('commit-tree', w.git('mktree'), '-m', 'empty');
  w.git('branch', 'empty', empty);
  expect(await w.refusal(release(empty))).toMatch(/^2 .*does not have services\/gateway/);
  w.git('branch', '-D', 'empty');
});

test('what changes nothing is the base itself', async () => {
  for (const change of [knob(200), release('worktree'), { kind: 'scale', environment: 'local', workload: 'gateway', replicas: 1 } as const]) {
    expect(await w.propose(change)).toMatchObject({ commit: w.head(), base: w.head(), facts: [], environments: [], workloads: [] });
  }
}, 30_000);

test.each<[string, Parameters<World['propose']>[0], RegExp]>([
  ['an environment', { ...knob(1), environment: 'prodution' }, /^2 There is no environment "prodution".*Did you mean production\?/],
  ['a workload', release('worktree', 'gatewya'), /^2 .*no workload "gatewya".*Did you mean gateway\?/],
  ['a knob', knob(1, 'rateLimits'), /^2 .*no knob "rateLimits"/],
  ['a value', knob('many'), /^2 .*cannot have this value.*a finite number/],
])('%s that is not there is refused with what is', async (_, change, said) => {
  expect(await w.refusal(change)).toMatch(said);
});

test('a base or a repository that is not there', async () => {
  expect(await w.refusal(knob(1), { base: 'a'.repeat(40) })).toMatch(/^2 The repository has no commit/);
  expect(await w.refusal(knob(1), { base: w.git('rev-parse', 'main^{tree}') })).toMatch(/^2 The repository has no commit/);
  expect(await w.refusal(knob(1), { repository: '/nowhere' })).toMatch(/^2 There is no such git repository/);
});

test('a model that breaks by the change is refused with what the synth said, and without our folders', async () => {
  await w.checkout.edit('platform/workloads/auth.ts', 'backing.identity', 'backing.identiti');
  const broken = await w.push();
  const said = await w.refusal(knob(100), { base: broken });
  expect(said).toMatch(/^3 The model cannot be rendered with this change\..*platform\/workloads\/auth\.ts/);
  expect(said).not.toMatch(/\/tmp\/|propose-/);
  await w.checkout.edit('platform/workloads/auth.ts', 'backing.identiti', 'backing.identity');
  await w.push();
}, 30_000);

test('what the policies find is a check that did not pass, not a refusal', async () => {
  await w.checkout.edit('policies/releases/release.ts', "text('^(worktree|[0-9a-f]{40})$')", "text('^worktree$')");
  const strict = await w.push();
  const proposed = await w.propose(release(strict), { base: strict });
  expect(proposed.checks).toContainEqual({ name: 'check', passed: false, said: [expect.stringMatching(/^release {2}environments\/releases\/local\.json gateway\.revision: must match pattern/)] });
  await w.checkout.edit('policies/releases/release.ts', "text('^worktree$')", "text('^(worktree|[0-9a-f]{40})$')");
  await w.push();
}, 30_000);

test('the command: a proposal on its input, one JSON line or words as its output', async () => {
  const input = JSON.stringify(w.proposal(knob(100)));
  const [json, words] = [fakeIo({ root: w.checkout.root, json: true }), fakeIo({ root: w.checkout.root })];
  expect(await commandWith(async () => input).run(json, [], {})).toBe(0);
  expect(json.values).toEqual([expect.objectContaining({ base: w.head(), diff: expect.objectContaining({ text: expect.stringContaining('rateLimit') }) })]);
  expect(await commandWith(async () => input).run(words, [], {})).toBe(0);
  expect(words.out).toEqual([expect.stringMatching(/^commit {2}[0-9a-f]{40}$/), '  local  knob/rateLimit  200 → 100', '  ✓ synth', '  ✓ check']);
  const same = fakeIo({ root: w.checkout.root });
  await commandWith(async () => JSON.stringify(w.proposal(knob(200)))).run(same, [], {});
  expect(same.out).toEqual([`unchanged  ${w.head()}`]);
}, 60_000);

test('the command: what is refused is one JSON line, too, and the exit code is the error\'s', async () => {
  const io = fakeIo({ root: w.checkout.root, json: true });
  await expect(commandWith(async () => 'CANARY').run(io, [], {})).rejects.toMatchObject({ code: 2 });
  expect(io.values).toEqual([{ error: { code: 2, what: 'The proposal on the standard input is not valid.', why: 'it is not JSON.', fix: expect.stringContaining('./journey help propose') } }]);
  await expect(commandWith(async () => JSON.stringify(w.proposal({ ...knob(1), environment: 'prodution' }))).run(io, [], {})).rejects.toMatchObject({ code: 2 });
  expect(io.values[1]).toEqual({ error: { code: 2, what: 'There is no environment "prodution".', why: expect.any(String), fix: 'Did you mean production?' } });
  const silent = fakeIo({ root: w.checkout.root });
  await expect(commandWith(async () => '').run(silent, [], {})).rejects.toMatchObject({ code: 2 });
  expect(silent.values).toEqual([]);
});

test('a damaged repository is an answer, without our folders', async () => {
  const base = w.withEntry('platform/knobs.ts', '100644', `${await w.checkout.read('platform/knobs.ts')}// another\n`);
  const oid = w.git('rev-parse', `${base}:platform/knobs.ts`);
  await rm(join(w.repository, 'objects', oid.slice(0, 2), oid.slice(2)));
  const said = await w.refusal(knob(100), { base });
  expect(said).toMatch(/^1 The repository cannot be worked with\. git [\w-]+: .* Run git fsck in it/s);
  expect(said).not.toMatch(/propose-|\/tmp\//);
}, 30_000);

test('given up: the folder is gone, and the reason is the signal\'s', async () => {
  const given = new AbortController();
  const doing: string[] = [];
  const asked = propose(w.proposal(knob(100)), fakeIo({ root: w.checkout.root, signal: given.signal }), (what) => {
    doing.push(what);
    if (what === 'rendering') given.abort(new Error('enough'));
  });
  await expect(asked).rejects.toThrow('enough');
  expect(doing).toEqual(['editing', 'rendering']);
}, 30_000);

test('what a killed run left is swept when its process is gone or it is old, and another\'s folder stays', async () => {
  const folder = (name: string) => join(w.checkout.root, '.journey/work', name);
  const [young, gone] = [`propose-${process.pid}-young`, `propose-${spawnSync('true').pid}-gone`];
  for (const name of ['propose-old', 'propose-young', young, gone, 'other']) await mkdir(folder(name));
  for (const name of ['propose-old', 'other']) await utimes(folder(name), new Date(0), new Date(0));
  await w.propose(knob(200));
  expect((await w.leftovers()).toSorted()).toEqual(['other', 'propose-young', young].toSorted());
  for (const name of ['propose-young', young, 'other']) await rm(folder(name), { recursive: true });
});
