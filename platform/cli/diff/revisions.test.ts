import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exit } from '../command.ts';
import { diffBetween, rangeOf } from './revisions.ts';
import { repository, type Content, type Repository } from './test/repository.ts';
import { limits } from './tree.ts';

const journey = (more = '') => `{"version":1,"environment":"dev","nodes":[{"name":"gateway","kind":"workload","declaredAt":"platform/workloads/gateway.ts:3","files":[]}],"edges":[],"secrets":[],"knobs":[]${more}}`;
const object = (kind: string, name: string, rest: string) => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${rest}`;
const files = (more: Readonly<Record<string, Content>>): Map<string, Content> => new Map([['synth/dev/journey.json', journey()], ...Object.entries(more)]);

let it: Repository;
let base: string;
beforeAll(async () => {
  it = await repository();
  base = await it.commit('main', files({}));
}, 30_000);
afterAll(() => it.remove());
const diffTo = async (branch: string, more: Readonly<Record<string, Content>>) => {
  const to = await it.commit(branch, files(more));
  return diffBetween({ folder: it.folder, from: base, to });
};

test.each([
  ['main..change', { from: 'main', to: 'change' }], ['main..', { from: 'main', to: 'HEAD' }], ['v1.0..v1.1', { from: 'v1.0', to: 'v1.1' }], ['HEAD~2..HEAD^', { from: 'HEAD~2', to: 'HEAD^' }],
])('the range %s', (typed, range) => expect(rangeOf(typed)).toEqual(range));

test.each(['', 'main', '..main', 'a...b', 'a..b..c', '..'])('%p is no range', (typed) => {
  expect(() => rangeOf(typed)).toThrow(expect.objectContaining({ code: exit.usage }));
});

/** Whatever could be an option, a command, a path, a pattern or another remote: refused before git sees it. */
const HOSTILE = [
  '-c', '--help', '--upload-pack=touch x', '--end-of-options', '--git-dir=/etc', '-ccore.pager=sh', '--output=x', '-', 'ext::sh -c id', 'file:///etc', 'main:synth/dev/journey.json', ':/fix', ':0:a', '^main', '~1',
  'main;id', 'main|id', '$(id)', '`id`', 'main\nHEAD', 'main\0HEAD', 'a b', 'a*', 'a?', 'a[b]', 'a\\b', "a'b", 'a"b', '!main', 'ма\u0456n', '\u202emain', 'x'.repeat(300), '../main', '.', '{u}', '@{-1}..x', 'refs/../heads',
];
test.each(HOSTILE)('%p is no name of a revision', async (name) => {
  await expect(diffBetween({ folder: it.folder, from: name, to: 'main' })).rejects.toMatchObject({ code: exit.usage });
  await expect(diffBetween({ folder: it.folder, from: 'main', to: name })).rejects.toMatchObject({ code: exit.usage });
});

test('an unknown revision or environment is said with what is near', async () => {
  const between = { folder: it.folder, from: 'main', to: 'main' };
  await expect(diffBetween({ ...between, from: 'maim' })).rejects.toMatchObject({ code: exit.usage, message: 'There is no revision "maim".', fix: 'Did you mean main?' });
  await expect(diffBetween({ ...between, to: 'f'.repeat(40) })).rejects.toMatchObject({ code: exit.usage });
  await expect(diffBetween({ ...between, environment: 'de' })).rejects.toMatchObject({ code: exit.usage, fix: 'Did you mean dev?', why: 'The two revisions have dev.' });
  await expect(diffBetween({ ...between, environment: '<x>' })).rejects.toMatchObject({ fix: 'Name one of them, or none for all.' });
  await expect(diffBetween({ ...between, folder: '/nonexistent/.git' })).rejects.toMatchObject({ code: exit.usage });
  const empty = await repository();
  await expect(diffBetween({ ...between, folder: empty.folder })).rejects.toMatchObject({ why: 'The repository has no branch and no tag.' });
  await empty.remove();
  const folder = mkdtempSync(join(tmpdir(), 'no-git-'));
  await expect(diffBetween({ ...between, folder })).rejects.toMatchObject({ code: exit.model, message: 'The repository cannot be read.' });
  rmSync(folder, { recursive: true });
});

test('nothing that differs says so', async () => {
  expect(await diffBetween({ folder: it.folder, from: 'main', to: 'main' })).toEqual({ from: base, to: base, text: 'Nothing changes.\n', environments: [] });
  expect((await diffTo('readme', { 'synth/README.md': 'read me', 'platform/cli/x.ts': '1' })).text).toBe('Nothing changes.\n');
});

test('lines of the model that only moved are no change', async () => {
  const to = await it.commit('moved', new Map([['synth/dev/journey.json', journey().replace('gateway.ts:3', 'gateway.ts:9')]]));
  const { text, environments } = await diffBetween({ folder: it.folder, from: base, to });
  expect(text).toBe('Nothing changes: 1 line of the model only stands elsewhere.\n');
  expect(environments).toEqual([expect.objectContaining({ environment: 'dev', facts: [], moved: 1 })]);
});

test('links, submodules, binaries and what is no YAML are told and never followed', async () => {
  const { environments: [dev], text } = await diffTo('odd', {
    'synth/dev/kubernetes/shared/link.yaml': { link: '/etc/passwd' }, 'synth/dev/kubernetes/shared/module': { submodule: base },
    'synth/dev/kubernetes/shared/bytes.yaml': Buffer.from([0x61, 0xff, 0xfe]), 'synth/dev/kubernetes/shared/bomb.yaml': 'a: &a [x, x]\nb: [*a, *a]\n', 'synth/dev/kubernetes/shared/tag.yaml': 'a: !!js/function "x"\n',
    'synth/dev/terraform/cdk.tf.json': '{"a": 1, "a": 2}', 'synth/dev/notes.txt': 'hello', 'synth/dev/terraform/list.tf.json': '[1]',
  });
  expect(dev?.facts.map(({ subject }) => subject).toSorted()).toEqual([
    'file/kubernetes/shared/bomb.yaml', 'file/kubernetes/shared/bytes.yaml', 'file/kubernetes/shared/link.yaml', 'file/kubernetes/shared/module', 'file/kubernetes/shared/tag.yaml',
    'file/notes.txt', 'file/terraform/cdk.tf.json', 'file/terraform/list.tf.json',
  ]);
  expect(text).not.toContain('/etc/passwd');
  expect(text).toMatch(/is a link \([0-9a-f]{12}\): nothing follows it/);
  expect(dev?.yaml.find(({ path }) => path.endsWith('bomb.yaml'))?.patch).toMatch(/^Not shown: one side cannot be read/);
}, 30_000);

test('an environment that is new or gone is one fact', async () => {
  const to = await it.commit('two', new Map([...files({}), ['synth/next/journey.json', journey()], ['synth/next/kubernetes/shared/x.yaml', object('ConfigMap', 'x', 'data: {}\n')]]));
  const [next] = (await diffBetween({ folder: it.folder, from: base, to })).environments;
  expect(next?.facts.map(({ subject, to: now, said }) => [subject, now, said])).toEqual([['environment', 'next', 'environment next added']]);
  const [gone] = (await diffBetween({ folder: it.folder, from: to, to: base, environment: 'next' })).environments;
  expect(gone?.facts.map(({ subject, from }) => [subject, from])).toEqual([['environment', 'next']]);
}, 30_000);

test('what is too large is refused, and a single large file is told', async () => {
  const many = await it.commit('many', new Map(Array.from({ length: limits.files + 1 }, (_, i) => [`synth/x/${i}.yaml`, 'a: 1\n'])));
  await expect(diffBetween({ folder: it.folder, from: base, to: many })).rejects.toMatchObject({ code: exit.model, message: expect.stringContaining(`${limits.files + 1} files`) });
  const wide = await it.commit('wide', new Map([['synth/x/a.json', `{${Array.from({ length: limits.changes + 1 }, (_, i) => `"k${i}":${i}`).join(',')}}`]]));
  await expect(diffBetween({ folder: it.folder, from: base, to: wide })).rejects.toMatchObject({ code: exit.model, message: `${limits.changes + 1} values differ.` });
  const { environments: [dev] } = await diffTo('large', { 'synth/dev/kubernetes/shared/large.yaml': `a: ${'x'.repeat(limits.fileBytes)}\n` });
  expect(dev?.facts[0]?.said).toMatch(/is larger than 4 MiB/);
  const deep = await diffTo('deep', { 'synth/dev/plan.json': `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`, 'synth/dev/kubernetes/shared/deep.yaml': `${'['.repeat(5000)}${']'.repeat(5000)}\n` });
  expect(deep.environments[0]?.facts.map(({ kind }) => kind)).toEqual(['file', 'file']);
}, 60_000);

test('an aborted diff ends', async () => {
  await expect(diffBetween({ folder: it.folder, from: 'main', to: 'main', signal: AbortSignal.abort(new Error('left')) })).rejects.toThrow('left');
});
