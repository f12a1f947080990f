import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { workflows } from './workflows.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'workflows '));
  mkdirSync(join(root, '.github/workflows'), { recursive: true });
  mkdirSync(join(root, '.journey/tools/bin'), { recursive: true });
  writeFileSync(join(root, '.github/workflows/a.yaml'), 'name: a\n');
});
afterEach(() => { rmSync(root, { recursive: true }); });

const judge = (noSkip = false, path = '') => workflows(path).run({ root, noSkip, signal: new AbortController().signal });
/** A program that answers so of the broken workflow, and so of everything else. */
function install(name: string, { broken = '', real = '' } = {}): void {
  const file = join(root, '.journey/tools/bin', name);
  writeFileSync(file, `#!/bin/sh\ncase "$*" in *broken-workflow*) said='${broken}' ;; *) said='${real}' ;; esac\n[ -z "$said" ] || { printf '%s\\n' "$said" "asked: $*"; exit 1; }\n`);
  chmodSync(file, 0o755);
}
const sees = { actionlint: 'property "nowhere" is not defined, SC2086', zizmor: 'error[template-injection]' };
const installAll = () => {
  install('actionlint', { broken: sees.actionlint });
  install('zizmor', { broken: sees.zizmor });
  install('shellcheck');
};

test('both find nothing where nothing is wrong', async () => {
  installAll();
  expect(await judge(true)).toEqual({ passed: 2, failed: 0, skipped: 0, details: [] });
});

test('what is not installed is skipped with its reason, and red where nothing may be skipped', async () => {
  installAll();
  rmSync(join(root, '.journey/tools/bin/shellcheck'));
  expect(await judge()).toEqual({ passed: 1, failed: 0, skipped: 1, details: ['skipped: actionlint: shellcheck not installed; .ci/workflows.sh installs what is missing'] });
  rmSync(join(root, '.journey/tools/bin/zizmor'));
  expect(await judge(true)).toMatchObject({ passed: 0, failed: 2, skipped: 0 });
});

test('a tool on the path is taken, too', async () => {
  installAll();
  mkdirSync(join(root, 'bin'));
  rmSync(join(root, '.journey/tools/bin/shellcheck'));
  writeFileSync(join(root, 'bin/shellcheck'), '', { mode: 0o755 });
  expect(await judge(true, `/nowhere:${join(root, 'bin')}`)).toMatchObject({ passed: 2 });
});

test('a finding is red and shown; the files are handed over by name', async () => {
  installAll();
  install('actionlint', { broken: sees.actionlint, real: 'a.yaml:1: wrong' });
  const { passed, failed, details } = await judge();
  expect([passed, failed, details.slice(0, 2)]).toEqual([1, 1, ['actionlint:', 'a.yaml:1: wrong']]);
  expect(details[2]).toMatch(/-shellcheck=.*shellcheck \.github\/workflows\/a\.yaml$/);
});

test.each([['zizmor', ''], ['zizmor', 'error[other]'], ['actionlint', 'property "nowhere" is not defined'], ['actionlint', 'SC2086']])('a blind judge is red: %s says %j', async (name, broken) => {
  installAll();
  install(name, { broken });
  const { passed, failed, details } = await judge();
  expect([passed, failed, details[0]]).toEqual([1, 1, expect.stringContaining(`${name} is blind`)]);
});

test('without a workflow nothing was judged, which is red', async () => {
  installAll();
  rmSync(join(root, '.github/workflows/a.yaml'));
  expect(await judge()).toMatchObject({ passed: 0, failed: 2 });
});
