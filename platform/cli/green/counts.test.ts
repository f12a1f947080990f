import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { coverage } from './coverage.ts';
import { output } from './output.ts';
import { program } from './step.ts';
import { countsOf as countsOfTap, endedWith } from './tap.ts';
import { countsOf } from './unit.ts';

const where = { root: process.cwd(), noSkip: false, signal: new AbortController().signal };

test('a run of TAP without closing counts is red', () => {
  expect(countsOfTap('TAP version 13\nok 1 - x\n')).toMatchObject({ passed: 0, failed: 1 });
  expect(countsOfTap('# pass 0\n# fail 0\n# cancelled 0\n# skipped 0\n# todo 0\n')).toMatchObject({ failed: 1 });
});

test('a run whose tests passed and which failed all the same is red', () => {
  const passed = { passed: 3, failed: 0, skipped: 0, details: [] };
  expect(endedWith(0, passed)).toEqual(passed);
  expect(endedWith(1, passed)).toMatchObject({ passed: 3, failed: 1, details: ['its tests passed, and it ended with 1'] });
  expect(endedWith(1, { ...passed, failed: 2 })).toMatchObject({ failed: 2, details: [] });
});

test('a skipped test of TAP says why', () => {
  const tap = 'ok 1 - a real Redis # SKIP needs redis-server\n# pass 1\n# fail 0\n# cancelled 0\n# skipped 1\n# todo 0\n';
  expect(countsOfTap(tap)).toEqual({ passed: 1, failed: 0, skipped: 1, details: ['skipped: a real Redis: needs redis-server'] });
});

test('failures of TAP are shown, cancelled ones count', () => {
  const tap = 'not ok 3 - the door\n  error: locked\n# pass 2\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n';
  expect(countsOfTap(tap)).toMatchObject({ passed: 2, failed: 2, skipped: 1, details: expect.arrayContaining(['not ok 3 - the door', '  error: locked']) });
});

const report = {
  numPassedTests: 1, numFailedTests: 1, numPendingTests: 1,
  testResults: [
    { name: '/r/a.test.ts', status: 'failed', message: '', assertionResults: [{ status: 'passed', fullName: 'p' }, { status: 'failed', fullName: 'f', failureMessages: ['why'] }, { status: 'pending', fullName: 'needs Redis' }] },
    { name: '/r/b.test.ts', status: 'failed', message: 'does not parse', assertionResults: [] },
  ],
};

test('a suite that could not start is a failure, a pending test a skip with its name', () => {
  expect(countsOf(report, '/r', false)).toEqual({
    passed: 1, failed: 2, skipped: 1,
    details: ['b.test.ts: does not parse', 'a.test.ts: f\nwhy', 'skipped: a.test.ts: needs Redis'],
  });
});

test('where skips are forbidden each is a failure', () => {
  expect(countsOf(report, '/r', true)).toMatchObject({ failed: 3, skipped: 0 });
});

test('coverage counts branches by folder, and a folder without a file is red', async () => {
  const root = mkdtempSync(join(tmpdir(), 'coverage-'));
  mkdirSync(join(root, 'coverage'));
  const branches = (total: number, covered: number) => ({ branches: { total, covered } });
  writeFileSync(join(root, 'coverage', 'coverage-summary.json'), JSON.stringify({
    total: branches(9, 9), [`${root}/services/a.ts`]: branches(10, 9), [`${root}/services/b.ts`]: branches(10, 7), [`${root}/platform/c.ts`]: branches(10, 7),
  }));
  expect(await coverage.run({ ...where, root })).toEqual({ passed: 1, failed: 2, skipped: 0, details: ['services: 80.0 % of branches', 'platform: 70.0 % of branches', 'policies: NaN % of branches'] });
  rmSync(root, { recursive: true });
  expect(await coverage.run({ ...where, root })).toMatchObject({ failed: 1 });
});

test('a program that fails shows what it printed', async () => {
  const step = program('x', 'y', [process.execPath, '-e', 'console.log("said"); process.exit(3)']);
  expect(await step.run(where)).toEqual({ passed: 0, failed: 1, skipped: 0, details: ['said'] });
  expect(await output(where, [process.execPath, '-e', ''])).toEqual({ code: 0, text: '' });
});

/** One that ended may wait as a zombie for whoever adopted it. */
const runs = (pid: string): boolean => existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

test('a program that hangs is ended with what it started, and says so', async () => {
  const hangs = 'console.log(process.pid, require("node:child_process").spawn("sleep", ["60"], { stdio: "inherit" }).pid); setInterval(() => {}, 1000)';
  const { code, text } = await output(where, [process.execPath, '-e', hangs], { withinS: 0.5 });
  expect([code, text]).toEqual([1, expect.stringContaining('did not end within 0.5 s and was ended.')]);
  for (const pid of text.split(/\s/, 2)) expect(runs(pid)).toBe(false);
});
