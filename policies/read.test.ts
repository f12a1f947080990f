import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { read, readTexts } from './read.ts';
import { gateway, journey } from './test/good.ts';
import { argo } from './test/good-argocd.ts';
import { stack } from './test/good-stack.ts';
import { MAX_BYTES } from './yaml.ts';

let root = '';
beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'policies-')); });
afterEach(() => { rmSync(root, { recursive: true }); });
const write = (path: string, content: string | Uint8Array) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
};
const service = stringify(gateway.service);
const problems = async (path: string) => (await read(root, [path])).rendered.flatMap((r) => r.files).flatMap((f) => f.breaches).map((b) => b.what);

test('files are grouped by environment, whatever part of it they stand in', async () => {
  write('synth/dev/kubernetes/gateway/service.yaml', service);
  write('synth/dev/observability/alerts.yml', service);
  write('synth/dev/terraform/cdk.tf.json', JSON.stringify(stack));
  write('synth/dev/journey.json', JSON.stringify(journey));
  write('synth/production/kubernetes/shared/service.json', JSON.stringify(gateway.service));
  write('synth/local/plan.json', '{"processes": []}');
  const { rendered, skipped } = await read(root, ['synth']);
  expect(rendered.map((r) => ({ folder: r.folder, whole: r.whole, production: r.production, manifests: r.manifests.length, stacks: r.stacks.length, graph: r.journey !== undefined }))).toEqual([
    { folder: 'synth/dev', whole: true, production: false, manifests: 2, stacks: 1, graph: true },
    { folder: 'synth/production', whole: true, production: true, manifests: 1, stacks: 0, graph: false },
  ]);
  expect(rendered[0]?.manifests.map((m) => [m.object, m.workload])).toEqual([['Service/gateway', 'gateway'], ['Service/gateway', 'gateway']]);
  expect(skipped).toEqual(['synth/local/plan.json']);
});

test('one file of an environment is judged with its graph, and absence is not', async () => {
  write('synth/dev/kubernetes/gateway/service.yaml', service);
  write('synth/dev/journey.json', JSON.stringify(journey));
  const { rendered } = await read(root, ['synth/dev/kubernetes/gateway/service.yaml']);
  expect(rendered).toHaveLength(1);
  expect(rendered[0]).toMatchObject({ whole: false, journey: { environment: 'production' } });
});

test('an environment that must be there is judged even when nothing is', async () => {
  write('synth/dev/kubernetes/gateway/service.yaml', service);
  const { rendered } = await read(root, ['synth'], { expected: ['synth/dev', 'synth/staging'], environments: new Map([['staging', { production: true, declaredAt: 'environments/staging.ts:6' }]]) });
  expect(rendered.map((r) => [r.name, r.whole, r.production, r.declaredAt])).toEqual([['dev', true, false, undefined], ['staging', true, true, 'environments/staging.ts:6']]);
});

test('a link is named, not followed', async () => {
  write('outside.yaml', service);
  mkdirSync(join(root, 'in'));
  symlinkSync(join(root, 'outside.yaml'), join(root, 'in/service.yaml'));
  symlinkSync(root, join(root, 'in/folder'));
  expect(await problems('in')).toEqual([expect.stringMatching(/link/), expect.stringMatching(/link/)]);
});

test('what is too large or no text is refused', async () => {
  write('large/a.yaml', `a: "${'x'.repeat(MAX_BYTES)}"`);
  write('bytes/a.yaml', new Uint8Array([0x61, 0x3a, 0x20, 0xff]));
  write('json/a.tf.json', `"${'x'.repeat(16 * MAX_BYTES)}"`);
  expect(await problems('large')).toEqual([expect.stringMatching(/larger/)]);
  expect(await problems('bytes')).toEqual(['not UTF-8']);
  expect(await problems('json')).toEqual([expect.stringMatching(/larger/)]);
});

test('a folder without anything is empty, a missing one an error', async () => {
  mkdirSync(join(root, 'empty'));
  expect(await read(root, ['empty'])).toEqual({ rendered: [], skipped: [] });
  await expect(read(root, ['missing'])).rejects.toThrow(/ENOENT/);
});

test('an absolute path outside the root keeps its name', async () => {
  write('a/service.yaml', service);
  const file = join(root, 'a/service.yaml');
  const { rendered } = await read(join(root, 'elsewhere'), [file]);
  expect(rendered[0]?.manifests[0]?.file).toBe(file);
});

test('every file of an environment is known, also one that no rule is about', async () => {
  write('synth/dev/kubernetes/gateway/service.yaml', service);
  write('synth/dev/terraform/notes.md', '# no rule\n');
  const { rendered } = await read(root, ['synth/dev']);
  expect(rendered[0]?.paths).toEqual(['synth/dev/kubernetes/gateway/service.yaml', 'synth/dev/terraform/notes.md']);
});

test('the readable documents of a file with an unreadable one are judged', async () => {
  write('a/service.yaml', `${service}---\na: yes\n---\n${stringify(gateway.config)}`);
  const { rendered } = await read(root, ['a']);
  expect(rendered[0]?.manifests.map((m) => m.object)).toEqual(['Service/gateway', 'ConfigMap/gateway']);
  expect(await problems('a')).toEqual([expect.stringMatching(/^document 2: /)]);
});

test('what Argo CD is told is one group, with the environments beside it, however little was asked for', async () => {
  write('synth/argocd/root.yaml', stringify(argo.root));
  write('synth/argocd/applications/dev/shared.yaml', stringify(argo.shared));
  write('synth/dev/kubernetes/gateway/service.yaml', service);
  write('synth/dev/journey.json', JSON.stringify(journey));
  write('synth/notes/a.yaml', service);
  for (const paths of [['synth'], ['synth/argocd'], ['synth/argocd/root.yaml'], ['synth/argocd', 'synth/dev/kubernetes/gateway/service.yaml']]) {
    const told = (await read(root, paths)).rendered.find((r) => r.name === 'argocd');
    expect([paths, told?.whole, told?.neighbours?.map((n) => [n.folder, n.manifests.length])]).toEqual([paths, false, [['synth/dev', 1]]]);
  }
  const texts = new Map(['synth/argocd/root.yaml', 'synth/dev/kubernetes/gateway/service.yaml'].map((path) => [path, { text: path.includes('argocd') ? stringify(argo.root) : service }]));
  expect(readTexts(texts).rendered.find((r) => r.name === 'argocd')?.neighbours?.map((n) => n.folder)).toEqual(['synth/dev']);
  const missing = (await read(root, ['synth/dev'], { expected: ['synth/dev', 'synth/argocd'] })).rendered;
  expect(missing.map((r) => [r.folder, r.whole, r.manifests.length, r.neighbours?.length])).toEqual([['synth/dev', true, 1, undefined], ['synth/argocd', false, 0, 1]]);
});

test('a workload or a folder at the top that is called argocd is no such group', async () => {
  write('synth/dev/kubernetes/argocd/service.yaml', service);
  write('argocd/notes.jsonnet', '{}');
  write('argocd/service.yaml', service);
  const { rendered } = await read(root, ['.']);
  expect(rendered.map((r) => [r.folder, r.neighbours, r.files.flatMap((f) => f.breaches)])).toEqual([['argocd', undefined, []], ['synth/dev', undefined, []]]);
});

test('a file that Argo CD would leave out, or render by a program, is told', async () => {
  write('synth/dev/kubernetes/gateway/service.yaml', `# +argocd:skip-file-rendering\n${service}`);
  write('synth/argocd/more.jsonnet', '{}');
  expect((await problems('synth')).toSorted()).toEqual([expect.stringMatching(/leaves the file out/), expect.stringMatching(/neither YAML nor JSON/)]);
});
