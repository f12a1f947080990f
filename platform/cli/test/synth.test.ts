import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { modelCheckout, type ModelCheckout } from './model-checkout.ts';

/** What stands in the root after a synth. */
const IN_ROOT = ['.git', '.gitignore', '.journey', 'argocd', 'cdk8s.yaml', 'cdktf.json', 'dashboard', 'environments', 'node_modules', 'package.json', 'platform', 'policies', 'services', 'synth'];

let checkout: ModelCheckout;
beforeAll(async () => {
  checkout = await modelCheckout('checkout');
  await checkout.commit();
  expect(await checkout.run(['synth'])).toMatchObject({ code: 0 });
  await checkout.commit();
}, 60_000);
afterEach(() => checkout.restore());
afterAll(() => checkout.remove());

test('the output is the same to the byte in any folder, for any user, time zone and language', async () => {
  const other = await modelCheckout('a (second) checkout, with spaces & [more] é');
  try {
    const env = { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', USER: 'somebody', HOME: other.root, NODE_OPTIONS: '--no-warnings' };
    expect(await other.run(['synth'], env)).toMatchObject({ code: 0 });
    const [first, second] = [await checkout.rendered(), await other.rendered()];
    expect([...second.keys()]).toEqual([...first.keys()]);
    expect(first.size).toBeGreaterThan(200);
    for (const [path, text] of first) expect({ path, text: second.get(path) }).toEqual({ path, text });
    // No other traces either: a library may make folders of its own.
    expect((await readdir(other.root)).sort()).toEqual(IN_ROOT);
    for (const [path, text] of first) expect({ path, found: /\/tmp\/|\/work\/|\/home\/|checkout/.exec(text)?.[0] }).toEqual({ path, found: undefined });
  } finally {
    await other.remove();
  }
}, 60_000);

test('nothing is touched when nothing changed, and --check agrees', async () => {
  const files = [...(await checkout.rendered()).keys()].map((path) => join(checkout.root, 'synth', path));
  const timesOf = () => Promise.all(files.map(async (path) => (await stat(path)).mtimeMs));
  const before = await timesOf();
  const { code, out } = await checkout.run(['synth', '--json']);
  expect(code).toBe(0);
  expect(out.split('\n').filter(Boolean).map((line) => JSON.parse(line))).toContainEqual(expect.objectContaining({ environment: 'dev', written: 0, removed: 0 }));
  expect(await timesOf()).toEqual(before);
  expect(await checkout.run(['synth', '--check'])).toMatchObject({ code: 0, out: expect.stringContaining('synth/ is what the model says') });
}, 30_000);

test('a line that moves changes journey.json and nothing else', async () => {
  await checkout.edit('platform/workloads/gateway.ts', "    AUTH_URL: url(auth),\n", "    // why\n    AUTH_URL: url(auth),\n");
  expect(await checkout.run(['synth'])).toMatchObject({ code: 0 });
  expect(await checkout.changed()).toEqual([
    'platform/workloads/gateway.ts', 'synth/dev/journey.json', 'synth/local/journey.json', 'synth/production/journey.json', 'synth/staging/journey.json',
  ]);
}, 30_000);

test('--check lists what was edited, removed and added by hand, with the first line that differs, and changes nothing', async () => {
  await checkout.edit('synth/local/plan.json', '"environment": "local"', '"environment": "lokal"');
  await checkout.edit('environments/dev.ts', "logLevel: 'debug'", "logLevel: 'warn'");
  await checkout.write('synth/dev/kubernetes/gateway/extra.yaml', 'a: 1\n');
  await checkout.write('synth/gone/journey.json', '{}\n');
  const before = await checkout.changed();
  const { code, out, err } = await checkout.run(['synth', '--check', '--json']);
  const found = out.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  expect(code).toBe(3);
  expect(found).toContainEqual({ path: 'synth/local/plan.json', status: 'different', line: 2, committed: '  "environment": "lokal",', rendered: '  "environment": "local",' });
  expect(found).toContainEqual({ path: 'synth/dev/kubernetes/gateway/extra.yaml', status: 'extra' });
  expect(found).toContainEqual({ path: 'synth/gone/journey.json', status: 'extra' });
  expect(found).toContainEqual(expect.objectContaining({ path: 'synth/dev/kubernetes/gateway/deployment.yaml', status: 'different' }));
  expect(err).toMatch(/why: .*\n.*fix: Run \.\/journey synth/);
  expect(await checkout.changed()).toEqual(before);
  await checkout.edit('environments/dev.ts', "logLevel: 'warn'", "logLevel: 'debug'");
  expect(await checkout.run(['synth'])).toMatchObject({ code: 0 });
  expect(await checkout.changed()).toEqual([]);
}, 30_000);

test.each<[string, string, string, string, RegExp]>([
  ['a workload that does not parse', 'platform/workloads/auth.ts', 'export const auth = service(contract, {', 'export const auth = = service(contract, {', /platform\/workloads\/auth\.ts:7/],
  ['a contract that TypeScript alone understands', 'services/auth/contract.ts', 'export const auth =', 'enum Kind { A }\nexport const auth =', /services\/auth\/contract\.ts/],
  ['an import of what is not there', 'platform/workloads/auth.ts', "'../knobs.ts'", "'../nobs.ts'", /platform\/workloads\/auth\.ts/],
  ['a backing that is not declared', 'platform/workloads/auth.ts', 'backing.identity', 'backing.identiti', /platform\/workloads\/auth\.ts:9/],
  ['a release file that is not JSON', 'environments/releases/dev.json', '{ "image": "unbuilt" },\n  "auth"', '{ "image": "unbuilt" },,\n  "auth"', /environments\/releases\/dev\.json/],
  ['a release that is a tag', 'environments/releases/staging.json', '"auth": { "image": "unbuilt" }', '"auth": { "image": "v1.2" }', /environments\/releases\/staging\.json.*"auth".*v1\.2/s],
  ['a missing release', 'environments/releases/local.json', '  "auth": { "revision": "worktree" },\n', '', /environments\/releases\/local\.json.*"auth"/s],
  ['a missing provider', 'environments/production.ts', "    vault: aws('secrets', { recoveryDays: 30 }),\n", '', /environments\/production\.ts.*"vault"/s],
  ['an environment under another name', 'environments/dev.ts', 'export const dev =', 'export const development =', /environments\/dev\.ts/],
])('%s: what, why and fix, exit 3, no stack, nothing written', async (_, path, from, to, named) => {
  await checkout.edit(path, from, to);
  const { code, out, err } = await checkout.run(['synth']);
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(err).toMatch(named);
  expect(err).toMatch(/✗ .+\n {2}why: .+\n {2}fix: .+\n$/);
  expect(err).not.toMatch(/^\s+at |\/tmp\//m);
  expect(await checkout.changed()).toEqual([path]);
}, 30_000);

test('an unknown environment is a usage error with a suggestion', async () => {
  const { code, err } = await checkout.run(['synth', 'prodution']);
  expect(code).toBe(2);
  expect(err).toContain('Did you mean production?');
}, 30_000);
