import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

/** `./journey` in a folder of its own, with an npm and a node that only note what they were asked for. */
const ROOT = join(import.meta.dirname, '../../..');
let root = '';
let bin = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'journey launcher (1) '));
  bin = join(root, 'bin');
  mkdirSync(join(root, 'platform/cli'), { recursive: true });
  mkdirSync(bin);
  copyFileSync(join(ROOT, 'journey'), join(root, 'journey'));
  chmodSync(join(root, 'journey'), 0o755);
  copyFileSync(join(ROOT, 'platform/cli/install.sh'), join(root, 'platform/cli/install.sh'));
  writeFileSync(join(root, 'package-lock.json'), '{}');
  program('node', 'case "$1" in --version) echo "${NODE_SAYS-v24.1.0}";; *) shift; echo "ran $*";; esac');
  program('npm', `echo "$*" >>'${root}/asked'; [ -n "\${NPM_FAILS-}" ] && { echo "npm error code $NPM_FAILS" >&2; exit 1; }
case "$*" in *--prefix*) mkdir -p '${root}/.journey/runtime/node_modules/node/bin'; cp '${bin}/node' '${root}/.journey/runtime/node_modules/node/bin/node';; *) mkdir -p '${root}/node_modules';; esac`);
});
afterEach(() => rmSync(root, { recursive: true }));
function program(name: string, body: string) {
  writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
}
function journey(args: readonly string[], env: Record<string, string> = {}) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(join(root, 'journey'), args, { env: { PATH: `${bin}:/usr/bin:/bin`, ...env } }, (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }));
  });
}
const asked = () => (existsSync(join(root, 'asked')) ? readFileSync(join(root, 'asked'), 'utf8').trim().split('\n') : []);

test('the first run installs for running, without scripts, and says so on stderr alone; the next installs nothing', async () => {
  const first = await journey(['up', '--detach']);
  expect(first).toMatchObject({ code: 0, out: 'ran up --detach\n', err: expect.stringMatching(/installing packages[\s\S]*✓ installed/) });
  expect(asked()).toEqual([expect.stringMatching(/^install --omit=dev --ignore-scripts .*--no-audit --no-fund/)]);
  expect(await journey(['status'])).toEqual({ code: 0, out: 'ran status\n', err: '' });
  expect(asked()).toHaveLength(1);
});

test('a command that needs more installs it once, and the level never falls, also when the lock changes', async () => {
  await journey(['up']);
  await journey(['synth', 'dev']);
  await journey(['up']);
  writeFileSync(join(root, 'package-lock.json'), '{ }');
  await journey(['up']);
  expect(asked().map((line) => /--(omit|include)=dev/.exec(line)?.[1])).toEqual(['omit', 'include', 'include']);
});

test('packages that nobody noted are never taken away', async () => {
  mkdirSync(join(root, 'node_modules'));
  await journey(['up']);
  expect(asked()[0]).toContain('--include=dev');
});

test('an old Node gets a new one below .journey', async () => {
  expect((await journey(['help'], { NODE_SAYS: 'v20.1.0' })).out).toBe('ran help\n');
  expect(asked().some((line) => /--prefix .*runtime .*node@24\.\d+\.\d+/.test(line))).toBe(true);
  expect(existsSync(join(root, '.journey/runtime/node_modules/node/bin/node'))).toBe(true);
});

test.each([
  ['offline', 'ENOTFOUND', /connect to the internet/], ['a full disk', 'ENOSPC', /disk space/], ['anything else', 'EODD', /install\.log/],
])('%s: exit 5 with what, why and fix, and nothing noted', async (_, code, fix) => {
  const { code: exit, err, out } = await journey(['up'], { NPM_FAILS: code });
  expect([exit, out]).toEqual([5, '']);
  expect(err).toMatch(new RegExp(`✗ the packages could not be installed\n  why: .*${code}.*\n  fix: `));
  expect(err).toMatch(fix);
  expect(existsSync(join(root, '.journey/installed'))).toBe(false);
  expect((await journey(['up'])).code).toBe(0);
});

test('no npm: exit 5, and how to get it', async () => {
  rmSync(join(bin, 'npm'));
  const tools = join(root, 'tools');
  mkdirSync(tools);
  for (const tool of ['sh', 'dirname', 'cksum', 'sed', 'mkdir', 'cat', 'rm', 'date', 'grep', 'mv']) program(`../tools/${tool}`, `PATH=/usr/bin:/bin exec ${tool} "$@"`);
  const { code, err } = await journey(['up'], { PATH: `${bin}:${tools}` });
  expect(code).toBe(5);
  expect(err).toMatch(/✗ npm is not installed\n {2}why: .*\n {2}fix: install Node 24/);
});

test('two at once install once; the lock of a dead one is nobody\'s', async () => {
  mkdirSync(join(root, '.journey/install.lock'), { recursive: true });
  writeFileSync(join(root, '.journey/install.lock/pid'), '4194305');
  const both = await Promise.all([journey(['up']), journey(['up'])]);
  expect(both.map(({ out }) => out)).toEqual(['ran up\n', 'ran up\n']);
  expect(asked()).toHaveLength(1);
  expect(existsSync(join(root, '.journey/install.lock'))).toBe(false);
}, 20_000);
