import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { refusal } from '../test/refusal.ts';
import { editPromotion } from './promotion.ts';
import { readReleases } from './release-file.ts';
import { editRelease } from './release.ts';

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const revision = 'b'.repeat(40);
const LOCAL = readFileSync('environments/releases/local.json', 'utf8').replaceAll(/"[0-9a-f]{40}"/g, '"worktree"');
const IMAGES = `{
  "gateway": { "image": "${digest('a')}", "source": "${revision}", "provenance": "https://example.com/7" },
  "auth": { "image": "unbuilt" }
}
`;
const release = (text: string, environment: string, workload: string, value: string) => editRelease(text, { kind: 'release', environment, workload, release: value });

test('one line of a laptop\'s file changes', () => {
  expect(release(LOCAL, 'local', 'gateway', revision)).toBe(LOCAL.replace('"gateway": { "revision": "worktree" }', `"gateway": { "revision": "${revision}" }`));
  expect(release(LOCAL, 'local', 'gateway', 'worktree')).toBe(LOCAL);
});

test('another image does not keep what the one before was built from', () => {
  expect(JSON.parse(release(IMAGES, 'dev', 'gateway', digest('c')))).toEqual({ gateway: { image: digest('c') }, auth: { image: 'unbuilt' } });
  expect(release(IMAGES, 'dev', 'auth', digest('c'))).toBe(IMAGES.replace('"unbuilt"', `"${digest('c')}"`));
  expect(release(IMAGES, 'dev', 'gateway', digest('a'))).toBe(IMAGES);
});

test('however the file is written, everything but the entry stays as it is', () => {
  const odd = `\uFEFF{"auth"  :{ "image":\n\t"unbuilt"} ,\r\n "gateway":{"image":"unbuilt"}}`.slice(1);
  expect(release(odd, 'dev', 'auth', digest('c'))).toBe(odd.replace(/\{ "image":\n\t"unbuilt"\}/, `{ "image": "${digest('c')}" }`));
});

test.each<[string, string, string, string, RegExp]>([
  ['an image on a laptop', LOCAL, 'gateway', digest('a'), /^2 .*cannot run an image.*worktree/],
  ['a revision in a cluster', IMAGES, 'gateway', revision, /^2 .*cannot run a git revision.*sha256:/],
  ['the work tree in a cluster', IMAGES, 'gateway', 'worktree', /^2 .*cannot run a git revision/],
  ['a workload that is misspelt', LOCAL, 'gatewya', revision, /^2 .*no workload "gatewya".*Did you mean gateway\?/],
  ['a workload that every object inherits', LOCAL, 'constructor', revision, /^2 .*no workload "constructor"/],
])('%s is refused', (_, text, workload, value, said) => {
  expect(refusal(() => release(text, 'dev', workload, value))).toMatch(said);
});

test.each<[string, string]>([
  ['no JSON', '{'], ['a list', '[]'], ['an empty text', ''], ['a key twice', '{"gateway":{"image":"unbuilt"},"gateway":{"image":"unbuilt"}}'],
  ['a prototype', '{"gateway":{"image":"unbuilt","__proto__":{"image":"unbuilt"}}}'], ['a prototype among the workloads', '{"__proto__":{"image":"unbuilt"},"gateway":{"image":"unbuilt"}}'], ['both kinds', `{"gateway":{"image":"unbuilt"},"auth":{"revision":"worktree"}}`],
  ['a tag', '{"gateway":{"image":"latest"}}'], ['a depth that nobody needs', `{"gateway":${'['.repeat(100)}${']'.repeat(100)}}`], ['a byte order mark', `\uFEFF${IMAGES}`],
])('%s instead of a release file is refused, with the file', (_, text) => {
  expect(() => release(text, 'dev', 'gateway', digest('a'))).toThrow(expect.objectContaining({ name: 'ModelError', where: 'environments/releases/dev.json' }));
});

const stages = (from: string, to: string, after: string | undefined = 'dev') => ({ from, to, after });
const promote = (given: ReturnType<typeof stages>, workloads: readonly string[] = ['gateway']) => editPromotion(given, { kind: 'promotion', from: 'dev', to: 'staging', workloads });
const BUILT = IMAGES.replace('"unbuilt"', `"${digest('d')}"`);
const EMPTY = '{\n  "gateway": { "image": "unbuilt" },\n  "auth": { "image": "unbuilt" }\n}\n';

test('the same digest, source and provenance travel, for the workloads that are named', () => {
  expect(promote(stages(BUILT, EMPTY))).toBe(EMPTY.replace('"gateway": { "image": "unbuilt" }', `"gateway": { "image": "${digest('a')}", "source": "${revision}", "provenance": "https://example.com/7" }`));
  expect(promote(stages(BUILT, EMPTY), [])).toBe(BUILT);
  expect(readReleases('staging', promote(stages(BUILT, EMPTY), ['auth'])).entries.get('gateway')).toEqual({ image: 'unbuilt' });
});

test('what is there already is not written again', () => {
  const spaced = BUILT.replace('"auth": {', '"auth":   {');
  expect(promote(stages(BUILT, spaced), [])).toBe(spaced);
});

test('the same image from another source is another entry', () => {
  expect(promote(stages(BUILT, BUILT.replace(revision, 'c'.repeat(40))))).toBe(BUILT);
});

test.each<[string, () => unknown, RegExp]>([
  ['a stage that is skipped', () => promote(stages(BUILT, EMPTY, 'test')), /^2 .*comes after "test".*Promote from "test" to "staging"/],
  ['the first stage', () => editPromotion({ from: BUILT, to: EMPTY, after: undefined }, { kind: 'promotion', from: 'dev', to: 'staging', workloads: [] }), /^2 .*"staging" is the first/],
  ['an image that is not built', () => promote(stages(IMAGES, EMPTY), []), /^2 auth cannot be promoted.*no image of it/],
  ['several of them', () => promote(stages(EMPTY, EMPTY), []), /gateway, auth cannot be promoted.*no image of them/],
  ['a workload that `from` does not have', () => promote(stages(BUILT, EMPTY), ['billing']), /"dev" has no workload "billing"/],
  ['a workload that `to` does not have', () => promote(stages(BUILT, '{"auth":{"image":"unbuilt"}}')), /"staging" has no workload "gateway"/],
  ['a laptop\'s source', () => promote(stages(LOCAL, EMPTY)), /gateway cannot be promoted/],
])('%s is refused', (_, act, said) => {
  expect(refusal(act)).toMatch(said);
});

test('one built workload may go where another is not built', () => {
  expect(JSON.parse(promote(stages(IMAGES, EMPTY), ['gateway'])).gateway.image).toBe(digest('a'));
});
