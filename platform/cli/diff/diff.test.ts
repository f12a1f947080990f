import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { exit } from '../command.ts';
import { command } from '../commands/diff.ts';
import { commands } from '../commands.ts';
import { fakeIo } from '../test/fake-io.ts';
import { diffOf } from './diff.ts';
import type { Diff, Fact } from './fact.ts';
import { ALL, clusterOf, real, rendered, withEnvironment, withOptions } from './test/model.ts';
import { repository, type Repository } from './test/repository.ts';
import { MOST_BYTES } from './text.ts';
import { treeOf } from './tree.ts';

let base: Map<string, string>;
let it: Repository;
beforeAll(async () => {
  base = await rendered(real);
  it = await repository();
  await it.commit('main', base);
}, 60_000);
afterAll(() => it.remove());

const between = (after: ReadonlyMap<string, string>, environment?: string): Promise<Diff> => diffOf({ before: treeOf(base), after: treeOf(after), from: 'a', to: 'b', environment });
const factsIn = ({ environments }: Diff): readonly Fact[] => environments.flatMap(({ facts }) => facts);
const edited = (path: string, from: string, to: string): Map<string, string> => {
  const text = base.get(path) ?? '';
  expect(text).toContain(from);
  return new Map(base).set(path, text.replace(from, to));
};

/** Every kind of decision at once, in production. */
const production = clusterOf(real, 'production');
const many = withOptions(withEnvironment(real, 'production', {
  knobs: { ...production.knobs, rateLimit: 80 }, scale: { ...production.scale, gateway: { min: 4, max: 24 } },
  release: { ...production.release, auth: { image: `sha256:${'ab'.repeat(32)}` } },
  delivery: { ...production.delivery, approvals: { ...production.delivery.approvals, release: 0 } },
  backing: { ...production.backing, identity: { provider: 'aws', kind: 'database', options: { size: 'db.m7g.large', storageGb: 100, multiAz: true, backupDays: 7 } } },
}), 'gateway', { public: { host: 'door' } });

test('the command, its JSON and the pull request have the same bytes', async () => {
  await it.commit('many', await rendered(many));
  const io = fakeIo({ json: true });
  expect(await command.run(io, ['main..many', 'production'], { repository: it.folder })).toBe(exit.ok);
  const [diff] = io.values as Diff[];
  const said = fakeIo();
  await command.run(said, ['main..many', 'production'], { repository: it.folder });
  expect(`${said.out.join('\n')}\n`).toBe(diff?.text);
  const { out, err } = await child(['diff', 'main..many', 'production', '--repository', it.folder]);
  expect({ out, err }).toEqual({ out: diff?.text, err: '' });
  const json = await child(['diff', 'main..many', 'production', '--repository', it.folder, '--json']);
  expect(json.out.split('\n')).toHaveLength(2);
  expect(JSON.parse(json.out)).toEqual(diff);
  expect(diff?.text).not.toContain('\u001B');
  expect(diff?.text).not.toMatch(/\/tmp|20\d\d-/);
}, 60_000);

test('each fact has its line of the model, its risks, its hops and what follows', async () => {
  const diff = await between(await rendered(many), 'production');
  const facts = new Map(factsIn(diff).map((fact) => [fact.subject, fact]));
  expect([...facts.keys()].toSorted()).toEqual(['delivery/approvals.release', 'knob/rateLimit', 'provider/identity.backupDays', 'public/gateway', 'release/auth', 'scale/gateway']);
  const lines: Readonly<Record<string, RegExp>> = {
    'delivery/approvals.release': /release: 1/, 'knob/rateLimit': /rateLimit: 50/, 'provider/identity.backupDays': /identity: aws/, 'public/gateway': /host: 'api'/, 'release/auth': /"auth"/, 'scale/gateway': /gateway: \{ min: 3/,
  };
  for (const [subject, text] of Object.entries(lines)) {
    const [path = '', line] = (facts.get(subject)?.declaredAt ?? '').split(':');
    expect(base.get(path)?.split('\n')[Number(line) - 1]).toMatch(text);
  }
  expect(facts.get('delivery/approvals.release')).toMatchObject({ risks: ['access'], hops: [] });
  expect(facts.get('knob/rateLimit')).toMatchObject({ said: 'knob rateLimit 50 → 80: gateway RATE_LIMIT_RPS', workload: 'gateway', hops: expect.arrayContaining(['gateway', 'gateway.AUTH_URL', 'dashboard.GATEWAY_URL']), effects: ['Deployment gateway: RATE_LIMIT_RPS 50 → 80'] });
  expect(facts.get('knob/rateLimit')?.hops).not.toContain('gateway.TELEMETRY_URL');
  expect(facts.get('provider/identity.backupDays')).toMatchObject({ risks: ['data'], hops: ['auth.DATABASE'], object: 'aws_db_instance/identity' });
  expect(facts.get('public/gateway')).toMatchObject({ from: 'api.journey.example.com', to: 'door.journey.example.com', risks: ['access', 'availability'] });
  expect(facts.get('release/auth')).toMatchObject({ said: 'image unbuilt → sha256:abababababab', effects: expect.arrayContaining([expect.stringMatching(/^Deployment auth: REVISION /)]) });
  expect(facts.get('scale/gateway')).toMatchObject({ risks: ['cost'], effects: expect.arrayContaining([expect.stringMatching(/^ResourceQuota total: limits.cpu /)]) });
  expect(diff.environments[0]?.terraform).toEqual([{ address: 'aws_db_instance.identity', action: 'changed', fields: [{ path: 'backup_retention_period', from: 35, to: 7 }] }]);
  expect(diff.text).toMatch(/^## 6 changes in production\n\n\*\*auth\*\*, \*\*gateway\*\*, \*\*identity\*\* · ⚠ data · ⚠ access · ⚠ availability · ⚠ cost\n/);
}, 60_000);

test('the same change in several environments is told once; production comes first', async () => {
  const { text, environments } = await between(await rendered(withOptions(real, 'auth', { resources: { cpu: '300m', memory: '160Mi' } })));
  expect(environments.map(({ environment }) => environment)).toEqual(['production', 'staging', 'dev']);
  expect(text.match(/cpu `100m` → `300m`/g)).toHaveLength(1);
  expect(text).toContain('## 1 change in production, staging and dev');
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_BYTES);
}, 60_000);

test('only new objections of the policies are told, and without them that they were not asked', async () => {
  const path = 'synth/production/kubernetes/gateway/deployment.yaml';
  const { environments: [found], text } = await between(edited(path, 'privileged: false', 'privileged: true'));
  expect(found?.findings).toEqual([expect.objectContaining({ rule: 'privileged', level: 'finding', file: path, object: 'Deployment/gateway', declaredAt: expect.stringMatching(/^platform\/workloads\/gateway\.ts:\d+$/) })]);
  expect(text).toContain('### ✗ 1 policy objects');
  const known = await diffOf({ before: treeOf(edited(path, 'privileged: false', 'privileged: true')), after: treeOf(edited(path, 'privileged: false', 'privileged: true').set('synth/production/kubernetes/shared/extra.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: journey-production}\n')), from: 'a', to: 'b' });
  expect(known.environments[0]?.findings.map(({ rule }) => rule)).not.toContain('privileged');
  const opened = await between(edited('synth/argocd/projects/production.yaml', 'namespace: journey-production\n', 'namespace: kube-system\n'));
  expect(opened.environments.flatMap(({ findings }) => findings.map(({ file }) => file))).toContain('synth/argocd/projects/production.yaml');
}, 60_000);

test('a change by hand is told in its own words', async () => {
  const said = async (path: string, from: string, to: string) => factsIn(await between(edited(path, from, to))).map(({ subject, said: one, risks }) => [subject, one, risks.join(' ')]);
  expect(await said('synth/production/kubernetes/gateway/network-policies.yaml', 'port: 8080', 'port: 22')).toEqual([
    ['policy/NetworkPolicy/gateway-to-auth:spec.egress[0].ports[22 TCP].port', expect.any(String), 'access'], ['policy/NetworkPolicy/gateway-to-auth:spec.egress[0].ports[22 TCP].protocol', expect.any(String), 'access'],
    ['policy/NetworkPolicy/gateway-to-auth:spec.egress[0].ports[8080 TCP].port', expect.any(String), 'access'], ['policy/NetworkPolicy/gateway-to-auth:spec.egress[0].ports[8080 TCP].protocol', expect.any(String), 'access'],
  ]);
  expect(await said('synth/production/kubernetes/gateway/deployment.yaml', 'failureThreshold: 3', 'failureThreshold: 30')).toEqual([
    ['object/Deployment/gateway:spec.template.spec.containers[gateway].livenessProbe.failureThreshold', 'Deployment gateway: spec.template.spec.containers[gateway].livenessProbe.failureThreshold 3 → 30', 'availability'],
  ]);
  expect(await said('synth/production/kubernetes/gateway/service.yaml', '# Written', '# Rewritten')).toEqual([
    ['file/kubernetes/gateway/service.yaml', 'kubernetes/gateway/service.yaml is written differently: other comments or another order, the same values', ''],
  ]);
  expect(await said('environments/releases/production.json', '"unbuilt"', `"sha256:${'1'.repeat(64)}"`)).toEqual([
    [expect.stringMatching(/^release\//), expect.stringMatching(/^image unbuilt → sha256:111111111111 \(in the release file only: synth\/ still renders the old one\)$/), 'availability'],
  ]);
}, 60_000);

test('hostile values stay values, secrets stay hidden, and the text stays short', async () => {
  const hostile = '</details><script>x</script> @everyone fixes #1 `code` ``` [a](javascript:x) https://evil.example.com \\u202e';
  const token = ['ghp', 'abcdefghij0123456789ABCD'].join('_');
  const secret = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: "x ${token}"\nstringData:\n  password: correct-horse\n`;
  const after = new Map(base).set('synth/dev/kubernetes/gateway/deployment.yaml', base.get('synth/dev/kubernetes/gateway/deployment.yaml')!.replace('value: debug', `value: ${JSON.stringify(hostile)}`).replace('value: "50"', `value: ${token}`))
    .set('synth/dev/kubernetes/shared/secret.yaml', secret)
    .set('synth/dev/kubernetes/shared/many.yaml', Array.from({ length: 400 }, (_, i) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "@team${i} <b>"\ndata:\n  a: ${'x'.repeat(300)}\n`).join('---\n'));
  const diff = await between(after);
  expect(Buffer.byteLength(diff.text)).toBeLessThanOrEqual(MOST_BYTES);
  expect(diff.text).toMatch(/… \d+ more parts? of this diff (?:is|are) too long/);
  expect(JSON.stringify(diff)).not.toContain(token);
  expect(JSON.stringify(diff)).not.toContain('correct-horse');
  // Outside of code and fences nothing of it is left that Markdown, HTML or GitHub would read.
  const plain = diff.text.replace(/^(`{3,}).*\n[\s\S]*?^\1$/gm, '').replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
  expect(plain).not.toMatch(/<script|@everyone|@team|#1\b|javascript:|evil\.example/);
  expect(plain.match(/<\/?details>/g)?.length).toBe((plain.match(/<details>/g)?.length ?? 0) * 2);
}, 60_000);

test('the command: a range, an environment, a folder; help knows it', async () => {
  expect(commands.find(({ name }) => name === 'diff')?.about).toBe(command.about);
  const io = fakeIo({ root: process.cwd() });
  await expect(command.run(io, ['main'], {})).rejects.toMatchObject({ code: exit.usage });
  await expect(command.run(io, ['main..HEAD'], { repository: '/nonexistent' })).rejects.toMatchObject({ code: exit.usage, message: '"/nonexistent" is no git folder.' });
  expect(await command.run(io, ['HEAD..'], {})).toBe(exit.ok);
  expect(io.out).toEqual(['Nothing changes.']);
  expect(await command.run(io, ['HEAD..HEAD'], { repository: '.' })).toBe(exit.ok);
  expect(ALL).toContain('local');
});

function child(args: readonly string[]): Promise<{ readonly out: string; readonly err: string }> {
  return new Promise((resolve) => void execFile(process.execPath, ['platform/cli/main.ts', ...args], { env: { PATH: process.env['PATH'] }, maxBuffer: 1 << 26 }, (_error, out, err) => resolve({ out, err })));
}
