import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { world, type World } from './test/world.ts';

/** What `./journey up` installs and a laptop's synth and check need. */
const RUN_LEVEL = ['ajv', 'fast-deep-equal', 'fast-uri', 'json-schema-traverse', 'require-from-string', 'commander', 'yaml'];
const digest = `sha256:${'a'.repeat(64)}`;
const entry = `{ "image": "${digest}", "source": "${'b'.repeat(40)}", "provenance": "https://example.com/attestations/7" }`;

let w: World;
beforeAll(async () => { w = await world(['dev', 'staging']); }, 120_000);
afterAll(() => w.remove());

test('a promotion carries digest, source and provenance, and everything that is rendered from them', async () => {
  await w.checkout.edit('environments/releases/dev.json', '"gateway": { "image": "unbuilt" }', `"gateway": ${entry}`);
  expect(await w.checkout.run(['synth', 'dev'])).toMatchObject({ code: 0 });
  await w.push();
  const promotion = { kind: 'promotion', from: 'dev', to: 'staging', workloads: ['gateway'] } as const;
  const proposed = await w.propose(promotion);
  expect(proposed).toMatchObject({ environments: ['staging'], workloads: ['gateway'], facts: [{ environment: 'staging', subject: 'release/gateway', from: 'unbuilt', to: digest }], checks: [{ name: 'synth', passed: true }, { name: 'check', passed: true }] });
  expect(w.git('show', `${proposed.commit}:environments/releases/staging.json`)).toContain(`"gateway": ${entry},`);
  expect(w.changed(w.head(), proposed.commit).filter((path) => !path.startsWith('synth/staging/'))).toEqual(['environments/releases/staging.json']);
  expect(w.git('show', `${proposed.commit}:synth/staging/kubernetes/gateway/deployment.yaml`)).toContain(digest);
  const graph = JSON.parse(w.git('show', `${proposed.commit}:synth/staging/journey.json`));
  expect(graph.nodes.find((node: { name: string }) => node.name === 'gateway')).toMatchObject({ release: digest, source: 'b'.repeat(40), provenance: 'https://example.com/attestations/7' });
  expect(await w.propose(promotion, { base: proposed.commit })).toMatchObject({ commit: proposed.commit, facts: [] });
}, 120_000);

test.each<[string, Parameters<World['propose']>[0], RegExp]>([
  ['what is not built', { kind: 'promotion', from: 'dev', to: 'staging', workloads: [] }, /^2 .*cannot be promoted from "dev"/],
  ['a stage that is skipped', { kind: 'promotion', from: 'staging', to: 'dev', workloads: ['gateway'] }, /^2 .*"dev" is the first/],
  ['a laptop\'s', { kind: 'promotion', from: 'local', to: 'dev', workloads: ['gateway'] }, /^2 .*"dev" is the first/],
  ['an environment that was never rendered', { kind: 'promotion', from: 'staging', to: 'production', workloads: ['gateway'] }, /^3 .*synth\/production\/journey\.json.*not there/],
])('a promotion of %s is refused', async (_, change, said) => {
  expect(await w.refusal(change)).toMatch(said);
});

test('without the packages for development: a laptop is rendered and judged, a cluster is not, and that is said', async () => {
  const packages = join(w.checkout.root, 'node_modules');
  await rm(packages);
  for (const name of RUN_LEVEL) await cp(join(process.cwd(), 'node_modules', name), join(packages, name), { recursive: true });
  const local = await w.propose({ kind: 'knob', environment: 'local', knob: 'rateLimit', value: 100 });
  expect(local.checks).toEqual([{ name: 'synth', passed: true, said: [] }, { name: 'check', passed: true, said: [] }]);
  const dev = await w.propose({ kind: 'knob', environment: 'dev', knob: 'rateLimit', value: 100 });
  expect(dev.checks).toEqual([
    { name: 'synth', passed: false, said: [expect.stringMatching(/^dev: not rendered, since \S+ is not installed here; run \.\/journey check once with a network$/)] },
    { name: 'check', passed: false, said: [expect.stringMatching(/^dev: not judged, since \S+ is not installed here; run \.\/journey check once with a network$/)] },
  ]);
  expect(w.changed(w.head(), dev.commit)).toEqual(['environments/dev.ts']);
}, 120_000);
