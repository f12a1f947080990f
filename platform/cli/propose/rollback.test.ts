import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { world, type World } from './test/world.ts';

let w: World;
beforeAll(async () => { w = await world(); }, 120_000);
afterAll(() => w.remove());
const rollback = (commit: string, environment = 'local') => ({ kind: 'rollback', environment, commit }) as const;

/** Edits a file of the checkout, renders, commits, pushes. */
async function change(path: string, from: string, to: string): Promise<string> {
  await w.checkout.edit(path, from, to);
  expect(await w.checkout.run(['synth', 'local'])).toMatchObject({ code: 0 });
  return w.push();
}

test('a change is taken back on top of what came after it, and rendered anew', async () => {
  const before = w.head();
  const bad = await change('environments/local.ts', 'rateLimit: 200', 'rateLimit: 100');
  const later = await change('environments/releases/local.json', '"auth": { "revision": "worktree" }', `"auth": { "revision": "${before}" }`);
  const proposed = await w.propose(rollback(bad));
  expect(proposed).toMatchObject({ base: later, environments: ['local'], workloads: ['gateway'], facts: [{ environment: 'local', subject: 'knob/rateLimit', from: '100', to: '200' }] });
  expect(w.changed(later, proposed.commit)).toEqual(['environments/local.ts', 'synth/local/journey.json', 'synth/local/plan.json']);
  expect(w.changed(before, proposed.commit)).toEqual(['environments/releases/local.json', 'synth/local/journey.json', 'synth/local/plan.json']);
}, 60_000);

test('a merge is taken back as a whole, by its first parent; the commit of its branch is none of main', async () => {
  const before = w.head();
  const branch = await change('environments/local.ts', "logLevel: 'info'", "logLevel: 'warn'");
  const tree = w.git('rev-parse', `${branch}^{tree}`);
  const merge = w.git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit-tree', tree, '-p', before, '-p', branch, '-m', 'Merge');
  const proposed = await w.propose(rollback(merge), { base: merge });
  expect(proposed.facts).toEqual([{ environment: 'local', subject: 'knob/logLevel', from: 'warn', to: 'info' }]);
  expect(w.git('rev-parse', `${proposed.commit}^{tree}`)).toBe(w.git('rev-parse', `${before}^{tree}`));
  expect(await w.refusal(rollback(branch), { base: merge })).toMatch(/^2 .*none of the commits that main itself went through/);
  await change('environments/local.ts', "logLevel: 'warn'", "logLevel: 'info'");
}, 60_000);

test('later commits in the way are named with their files', async () => {
  const first = await change('environments/local.ts', 'gateway: 1,', 'gateway: 2,');
  await change('environments/local.ts', 'gateway: 2,', 'gateway: 3,');
  const said = await w.refusal(rollback(first));
  expect(said).toMatch(/^1 The commit [0-9a-f]{10} cannot be taken back by itself\. Later commits changed the same lines of environments\/local\.ts: [0-9a-f]{7,} as it is\./);
  await change('environments/local.ts', 'gateway: 3,', 'gateway: 1,');
}, 60_000);

test('facts of releases, sizes and knobs together, as the files say them', async () => {
  const before = w.head();
  await w.checkout.edit('environments/local.ts', 'gateway: 1,', 'gateway: 2,');
  await w.checkout.edit('environments/local.ts', "cookieSecure: 'no'", "cookieSecure: 'yes'");
  const bad = await change('environments/releases/local.json', '"gateway": { "revision": "worktree" }', `"gateway": { "revision": "${before}" }`);
  const { facts } = await w.propose(rollback(bad));
  expect(facts).toEqual([
    { environment: 'local', subject: 'release/gateway', from: before, to: 'worktree' },
    { environment: 'local', subject: 'knob/cookieSecure', from: 'yes', to: 'no' },
    { environment: 'local', subject: 'scale/gateway', from: '2', to: '1' },
  ]);
}, 60_000);

test('what was rendered only is nothing to take back', async () => {
  await w.checkout.edit('synth/local/plan.json', '"environment": "local"', '"environment":  "local"');
  const rendered = await w.push();
  expect(await w.propose(rollback(rendered))).toMatchObject({ commit: rendered, base: rendered, facts: [] });
}, 60_000);

test('nothing is rendered from a file that no model reads, and that is said', async () => {
  await w.checkout.write('notes.txt', 'a note\n');
  const note = await w.push();
  const proposed = await w.propose(rollback(note));
  expect(proposed).toMatchObject({ environments: [], workloads: [], facts: [], checks: [{ name: 'synth', passed: true, said: ['nothing is rendered from what changed'] }, { name: 'check', passed: true }] });
  expect(w.changed(note, proposed.commit)).toEqual(['notes.txt']);
}, 60_000);

test('the first commit, a stranger and another environment are refused', async () => {
  const root = w.git('rev-list', '--max-parents=0', 'main');
  expect(await w.refusal(rollback(root))).toMatch(/^2 .*It is the first one/);
  expect(await w.refusal(rollback(w.withEntry('a.txt', '100644', 'a')))).toMatch(/^2 .*none of the commits/);
  const changed = await change('environments/local.ts', 'rateLimit: 100', 'rateLimit: 150');
  expect(await w.refusal(rollback(changed, 'dev'))).toMatch(/^2 That commit changed nothing of "dev"\. It changed local\./);
}, 60_000);
