import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { GitError, gitText, runGit } from './git.ts';
import { createBare } from './git-refs.ts';
import { until } from './test/until.ts';

let base: string;
let folder: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'journey test git (1) '));
  folder = join(base, 'remote.git');
  await createBare(folder);
});
afterEach(() => rm(base, { recursive: true, force: true }));
const failure = (promise: Promise<unknown>): Promise<GitError> => promise.then(() => { throw new Error('it worked'); }, (error: unknown) => error as GitError);

test('answers bytes, exit code and text', async () => {
  const blob = await gitText(folder, ['hash-object', '-w', '--stdin'], { input: new Uint8Array([0, 255, 10]) });
  expect((await runGit(folder, ['cat-file', 'blob', blob])).stdout).toEqual(Buffer.from([0, 255, 10]));
  expect((await runGit(folder, ['rev-parse', '--verify', '--quiet', 'refs/heads/main'], { expected: [0, 1] })).exit).toBe(1);
});

test('an error says what was tried and what git said, and no password', async () => {
  const error = await failure(runGit(folder, ['fetch', '--', 'https://user:hunter2@127.0.0.1:1/x.git'], { input: 'hunter2' }));
  expect(error).toMatchObject({ name: 'GitError', code: 'failed', exit: 128, message: expect.stringContaining('git fetch: exit 128: ') });
  expect(JSON.stringify([error.message, error.stderr, error.stack])).not.toContain('hunter2');
});

test('a user\'s and a machine\'s settings, their environment and their prompts do not exist', async () => {
  const variables = { GIT_DIR: '/nowhere', GIT_CONFIG_PARAMETERS: "'core.pager=false'", GIT_EXEC_PATH: '/nowhere', GIT_SSH_COMMAND: 'touch /nowhere', HOME: base };
  await writeFile(join(base, '.gitconfig'), '[user]\nname = Somebody\n');
  const before = { ...process.env };
  try {
    Object.assign(process.env, variables);
    const seen = await gitText(folder, ['config', '--list', '--show-scope']);
    expect(seen.split('\n').filter((line) => !/^(local|command)\t/.test(line))).toEqual([]);
    expect(seen).not.toContain('Somebody');
    await expect(runGit(folder, ['var', 'GIT_AUTHOR_IDENT'])).rejects.toMatchObject({ code: 'failed' });
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
    Object.assign(process.env, before);
  }
});

test.each(['ext::sh -c touch% pwned', 'ssh://127.0.0.1/x', 'git://127.0.0.1/x', 'fd::17', 'http://127.0.0.1:1/x'])('%s is no remote', async (remote) => {
  const error = await failure(runGit(folder, ['fetch', '--', remote], { timeoutMs: 5000 }));
  expect(error.stderr).toMatch(/transport '(ext|ssh|git|fd|http)' not allowed/);
});

test('no hook runs, wherever the folder\'s own settings say they are', async () => {
  const hooks = join(base, 'hooks');
  await mkdir(hooks);
  for (const hook of ['reference-transaction', 'post-checkout', 'pre-push']) {
    await writeFile(join(hooks, hook), `#!/bin/sh\ntouch '${base}/ran'\n`);
    await chmod(join(hooks, hook), 0o755);
  }
  await writeFile(join(folder, 'config'), `[core]\nrepositoryformatversion = 0\nbare = true\nhooksPath = ${hooks}\nfsmonitor = touch '${base}/ran'\n`);
  const tree = await gitText(folder, ['mktree'], { input: '' });
  const identity = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a' };
  const commit = await gitText(folder, ['commit-tree', tree, '-m', 'x'], { identity });
  await runGit(folder, ['update-ref', 'refs/heads/main', commit]);
  await expect(readFile(join(base, 'ran'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('time, size and patience end it, with everything that it started', async () => {
  // An alias is the one thing of git that waits as long as one likes.
  const alias = (script: string) => ['-c', `alias.wait=!${script}`, 'wait'];
  const group = join(base, 'pid');
  const slow = runGit(folder, alias(`sleep 60 & echo $! > '${group}'; wait`), { timeoutMs: 300 });
  await expect(slow).rejects.toMatchObject({ code: 'timeout', message: expect.stringContaining('300 ms') });
  const grandchild = Number(await readFile(group, 'utf8'));
  await until('the grandchild is gone', async () => {
    const stat = await readFile(`/proc/${grandchild}/stat`, 'utf8').catch(() => 'gone');
    return stat === 'gone' || / Z /.test(stat);
  });
  await expect(runGit(folder, alias('yes'), { maxBytes: 1000 })).rejects.toMatchObject({ code: 'too_large' });
  const stop = new AbortController();
  const waiting = runGit(folder, alias('sleep 60'), { signal: stop.signal });
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
  await expect(runGit(folder, ['version'], { signal: stop.signal })).rejects.toMatchObject({ code: 'aborted' });
});

test('one that does not listen is killed a second later', async () => {
  const began = performance.now();
  await expect(runGit(folder, ['-c', 'alias.wait=!trap "" TERM; sleep 60 & wait; wait', 'wait'], { timeoutMs: 200 })).rejects.toMatchObject({ code: 'timeout' });
  expect(performance.now() - began).toBeLessThan(5000);
});

test('what is not read does not break the writing', async () => {
  expect(await gitText(folder, ['version'], { input: 'x'.repeat(4_000_000) })).toMatch(/^git version/);
});

test('places are absolute, arguments hold no U+0000', async () => {
  await expect(runGit('here', ['version'])).rejects.toMatchObject({ code: 'failed' });
  await expect(runGit(folder, ['version'], { workTree: '.' })).rejects.toMatchObject({ code: 'failed' });
  await expect(runGit(folder, ['rev-parse', 'a\0b'])).rejects.toMatchObject({ code: 'failed' });
  await expect(runGit(folder, ['status'], { workTree: join(base, 'nowhere') })).rejects.toMatchObject({ code: 'missing' });
});

test('secrets travel in the environment; another protocol only when it is asked for', async () => {
  const config = { 'http.https://github.com/.extraHeader': 'Authorization: Basic hidden' };
  const seen = await gitText(folder, ['config', '--get', 'protocol.https.allow'], { over: 'https', secretConfig: config });
  expect(seen).toBe('always');
  expect(await gitText(folder, ['config', '--get-urlmatch', 'http.extraHeader', 'https://github.com/x/y'], { secretConfig: config })).toContain('hidden');
  expect(await gitText(folder, ['config', '--get-urlmatch', 'http.extraHeader', 'https://elsewhere.example/x'], { secretConfig: config, expected: [1] })).toBe('');
});

test('a work tree and an index of its own', async () => {
  const tree = join(base, 'tree');
  await mkdir(tree);
  await writeFile(join(tree, 'a.txt'), 'hello');
  const options = { workTree: tree, index: join(base, 'index') };
  await runGit(folder, ['add', '--all', '--', '.'], options);
  expect(await gitText(folder, ['ls-files'], options)).toBe('a.txt');
  expect(await gitText(folder, ['ls-files'])).toBe('');
});
