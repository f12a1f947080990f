import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { describeWith } from '../../../services/kit/test/servers/describe-with.ts';
import { runHostile } from '../../drills/hostile/hostile.ts';
import { fakeIo } from './fake-io.ts';

/** `./journey drill hostile` runs all of them. */
describeWith('strace', ['/usr/bin/strace', '/usr/local/bin/strace'].find((path) => existsSync(path)), () => {
  test('60 hostile inputs: nothing of them runs, nothing is written elsewhere, no secret is told, and no byte changes but the intended', async () => {
    const [failed, figures]: [string[], Record<string, number>] = [[], {}];
    let passed = 0;
    await runHostile({
      io: fakeIo({ root: process.cwd() }), seed: 1, brief: true,
      check: (what, good, seen = '') => void (good ? passed += 1 : failed.push(`${what}: ${seen}`)), figure: (name, value) => { figures[name] = value; },
    });
    expect(failed).toEqual([]);
    expect(figures['cases']).toBeGreaterThanOrEqual(60);
    expect(passed).toBeGreaterThan(60);
  }, 900_000);
});
