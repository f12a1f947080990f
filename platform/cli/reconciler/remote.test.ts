import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planAt, planFrom } from './plan-file.ts';
import { openRemote } from './remote.ts';
import { openWorkTrees } from './work-trees.ts';

let root = '';
const said: string[] = [];
const git = (...args: string[]) => execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
const commit = (text: string) => {
  writeFileSync(join(root, 'file'), text);
  git('add', '-A');
  git('commit', '-qm', text);
  return git('rev-parse', 'HEAD');
};
const remote = () => openRemote({ root, remote: join(root, '.journey', 'remote.git') }, (line) => said.push(line));
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'journey remote (1) '));
  said.length = 0;
  git('init', '-q', '-b', 'topic');
  writeFileSync(join(root, '.gitignore'), '.journey\n');
  writeFileSync(join(root, 'package-lock.json'), '{}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('the checkout\'s commit becomes main, and moves it on when nothing is lost', async () => {
  const one = commit('one');
  expect((await remote())?.tip()).toBe(one);
  const two = commit('two');
  expect((await remote())?.tip()).toBe(two);
  expect(said).toEqual([]);
  git('--git-dir', join(root, '.journey/remote.git'), 'pack-refs', '--all');
  expect((await remote())?.tip()).toBe(two);
});

test('a main that is ahead, or went another way, stays; a person is told how to join them', async () => {
  const one = commit('one');
  await remote();
  const two = commit('two');
  git('push', '-q', '.journey/remote.git', `${two}:refs/heads/main`);
  git('reset', '-q', '--hard', one);
  expect((await remote())?.tip()).toBe(two);
  expect(said.at(-1)).toMatch(/main is 1 commit ahead of this checkout/);
  commit('three');
  expect((await remote())?.tip()).toBe(two);
  expect(said.at(-1)).toMatch(/gone different ways/);
});

test('without a repository, and without a commit, nothing is followed', async () => {
  expect((await remote())?.tip()).toBeUndefined();
  rmSync(join(root, '.git'), { recursive: true });
  expect(await remote()).toBeUndefined();
  expect(said.at(-1)).toMatch(/no git repository/);
});

test('a work tree holds the files of its commit; a link in it stays a text; what is not here or needs other packages says so', async () => {
  symlinkSync('/etc/passwd', join(root, 'link'));
  const one = commit('one');
  const opened = await remote();
  const trees = openWorkTrees(root, opened?.folder);
  const [tree, same] = await Promise.all([trees.rootOf(one), trees.rootOf(one)]);
  expect([readFileSync(join(tree, 'file'), 'utf8'), readFileSync(join(tree, 'link'), 'utf8'), tree]).toEqual(['one', '/etc/passwd', same]);
  expect(await trees.rootOf('worktree')).toBe(root);
  await expect(trees.rootOf('b'.repeat(40))).rejects.toThrow(/is not in \.journey\/remote\.git/);
  await expect(trees.rootOf('--upload-pack=x')).rejects.toThrow(/no git revision/);
  writeFileSync(join(root, 'package-lock.json'), '{"other": 1}');
  const two = commit('two');
  await remote();
  expect(await trees.rootOf(two)).toContain(two);
  writeFileSync(join(root, 'package-lock.json'), '{"third": 1}');
  await expect(openWorkTrees(root, opened?.folder).rootOf(commit('three').replace(/^/, ''))).rejects.toThrow();
  trees.sweep(new Set([two]));
  expect(existsSync(tree)).toBe(true);
});

test.each([['{', /is not JSON/], ['[]', /is no plan/], ['{"environment":"local","processes":[{"name":"../x"}],"waves":[],"backings":[],"secrets":[]}', /is no plan/]])('%s is no plan', (text, why) => {
  expect(() => planFrom(text, 'it')).toThrow(why);
});

test('a commit without a plan says so', async () => {
  const one = commit('one');
  const opened = await remote();
  await expect(planAt(opened?.folder ?? '', one)).rejects.toThrow(/synth\/local\/plan.json of [0-9a-f]{10} is not there/);
});
