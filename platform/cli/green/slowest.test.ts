import { expect, test } from '@jest/globals';
import { slowest } from './slowest.ts';
import { slowestDrills } from './drills.ts';
import { testsOf } from './tap.ts';
import { slowestFiles } from './unit.ts';

test('the five longest, the longest first, each with its two longest tests', () => {
  const parts = [{ what: 'a', seconds: 1 }, { what: 'b'.repeat(80), seconds: 9 }, { what: 'c', seconds: 3 }];
  const lines = slowest([2, 30, 4, 6, 5, 1, 3].map((seconds) => ({ what: `file ${seconds}`, seconds, ...(seconds === 30 ? { parts } : {}) })));
  expect(lines).toEqual([`slowest:   30 s  file 30  (9 s ${'b'.repeat(59)}…; 3 s c)`, ...[6, 5, 4, 3].map((seconds) => `slowest:    ${seconds} s  file ${seconds}`)]);
});

test('the files of unit tests, by what Jest says of each', () => {
  const assertionResults = [{ status: 'passed', fullName: 'waits', duration: 3100 }, { status: 'pending', fullName: 'was skipped', duration: null }];
  const report = { numPassedTests: 1, numFailedTests: 0, numPendingTests: 1, testResults: [{ name: '/r/a.test.ts', status: 'passed', message: '', startTime: 1000, endTime: 5200, assertionResults }] };
  expect(slowestFiles(report, '/r')).toEqual(['slowest:    4 s  a.test.ts  (3 s waits; 0 s was skipped)']);
});

test('the tests of a file end to end, with those inside of others', () => {
  const tap = 'TAP version 13\n# Subtest: pages\n    # Subtest: opens \\# once\n    ok 1 - opens \\# once\n      ---\n      duration_ms: 4200.5\n      type: \'test\'\n      ...\n    1..1\nok 1 - pages\n  ---\n  duration_ms: 5000\n  type: \'suite\'\n  ...\nnot ok 2 - shuts\n  ---\n  duration_ms: 100\n  ...\n';
  expect(testsOf(tap)).toEqual([{ what: 'opens # once', seconds: 4.2005 }, { what: 'shuts', seconds: 0.1 }]);
});

test('the drills, by what each says at its end', () => {
  expect(slowestDrills(['  drift  seconds in all: 20.4 (20.4 to 20.4 in 1)', '  drift  seconds until shown: 0.3 (0.0 to 3.3 in 3)', '  site  seconds in all: 41.0 (41.0 to 41.0 in 1)'])).toEqual(['slowest:   41 s  site', 'slowest:   20 s  drift']);
});
