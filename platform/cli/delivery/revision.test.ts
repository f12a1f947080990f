import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createBare } from '../../../services/kit/git-refs.ts';
import { exit } from '../command.ts';
import { headOf, releaseNamed } from './revision.ts';
import { failure } from './test/fake-gateway.ts';

const root = mkdtempSync(join(tmpdir(), 'releases (a b)-'));
const remote = join(root, '.journey', 'remote.git');
const git = (...args: string[]) => execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { encoding: 'utf8' }).trim();
const inRemote = (...args: string[]) => execFileSync('git', ['--git-dir', remote, ...args], { encoding: 'utf8' }).trim();
let [first, second]: [string, string] = ['', ''];

beforeAll(async () => {
  git('init', '--quiet', '--initial-branch=main');
  git('commit', '--quiet', '--allow-empty', '--message', 'first');
  first = git('rev-parse', 'HEAD');
  git('tag', '--annotate', '--message', 'a tag', 'v1');
  git('commit', '--quiet', '--allow-empty', '--message', 'second');
  second = git('rev-parse', 'HEAD');
  mkdirSync(join(root, '.journey'));
  await createBare(remote);
});
afterAll(() => rmSync(root, { recursive: true }));

test('names and digits become a commit, which the remote keeps under a ref of its own', async () => {
  for (const name of ['v1', 'HEAD~1', 'main~1', first.slice(0, 8), first]) expect(await releaseNamed(root, name)).toBe(first);
  expect(inRemote('for-each-ref', '--format=%(refname) %(objectname)')).toBe(`refs/journey/releases/${first} ${first}`);
  expect(await releaseNamed(root, 'main')).toBe(second);
  expect(await headOf(root)).toBe(second);
});

test('what is no revision of git stays as it is', async () => {
  for (const release of ['worktree', `sha256:${'1'.repeat(64)}`]) expect(await releaseNamed(root, release)).toBe(release);
});

test('a commit that only the remote has is taken from there', async () => {
  const only = inRemote('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit-tree', '4b825dc642cb6eb9a060e54bf8d69288fbee4904', '-m', 'only there');
  expect(await releaseNamed(root, only)).toBe(only);
  expect(await releaseNamed(root, only.slice(0, 9))).toBe(only);
});

test.each(['nope', '--upload-pack=touch x', '-c', 'ext::sh -c x', 'main..v1', ':/second', 'a b', '', 'refs/heads/*', 'f'.repeat(40), 'x'.repeat(201)])('%j is no revision here', async (typed) => {
  expect(await failure(releaseNamed(root, typed))).toMatchObject({ code: exit.usage, message: `There is no revision "${typed.slice(0, 200)}".` });
});

test('a typo is asked back', async () => {
  expect((await failure(releaseNamed(root, 'maim'))).fix).toBe('Did you mean main?');
});

test('where there is no remote nothing is brought anywhere; where there is no repository nothing is known', async () => {
  const place = mkdtempSync(join(tmpdir(), 'releases-'));
  expect(await failure(releaseNamed(place, 'main'))).toMatchObject({ code: exit.usage, why: 'This folder is no git repository.' });
  expect(await headOf(place)).toBeNull();
  execFileSync('git', ['clone', '--quiet', root, join(place, 'clone')]);
  expect(await releaseNamed(join(place, 'clone'), 'HEAD')).toBe(second);
  expect(existsSync(join(place, 'clone', '.journey'))).toBe(false);
  rmSync(place, { recursive: true });
});

test('hooks and settings of either repository start nothing', async () => {
  const touched = join(root, 'touched');
  for (const folder of [join(root, '.git'), remote]) {
    mkdirSync(join(folder, 'hooks'), { recursive: true });
    for (const hook of ['reference-transaction', 'post-update', 'pre-receive']) writeFileSync(join(folder, 'hooks', hook), `#!/bin/sh\necho x >>'${touched}'\n`, { mode: 0o755 });
  }
  git('config', 'uploadpack.packObjectsHook', `touch '${touched}'; git pack-objects "$@"`);
  git('-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '--allow-empty', '--message', 'third');
  await releaseNamed(root, 'HEAD');
  expect(existsSync(touched)).toBe(false);
  // They would have: git as a person runs it starts them.
  inRemote('fetch', '--quiet', root, 'HEAD:refs/heads/by-hand');
  expect(existsSync(touched)).toBe(true);
});

test('a remote that is damaged says so', async () => {
  writeFileSync(join(remote, 'HEAD'), 'rubbish');
  expect(await failure(releaseNamed(root, 'HEAD~1'))).toMatchObject({ code: exit.failure, message: '"HEAD~1" could not be brought to .journey/remote.git.' });
});
