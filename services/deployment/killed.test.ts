import { expect, test } from '@jest/globals';
import { killDrill } from './test/kill-drill.ts';

/** `node services/deployment/test/run-kill-drill.ts <seed> <kills>` does the same with more. */
test('killed at any moment, a deployment is finished or cleanly taken back, never half', async () => {
  const { kills, broken } = await killDrill({ seed: 7, kills: 3 });
  expect(broken).toEqual([]);
  expect(kills).toBe(3);
}, 400_000);
