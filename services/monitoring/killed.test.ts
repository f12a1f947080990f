import { expect, test } from '@jest/globals';
import { killLedger } from './test/kill-ledger.ts';

test('killed at any moment while batches arrive: every acknowledged one is there, none twice, and the counts agree', async () => {
  let seed = 7;
  // Mulberry-like steps: the same delays in each run.
  const outcome = await killLedger({ kills: 6, betweenMs: () => (seed = (seed * 16_807) % 2_147_483_647) % 60 });
  expect(outcome).toMatchObject({ missing: 0, twice: 0, counted: [outcome.lines, outcome.lines, outcome.lines] });
  expect(outcome.acknowledged).toBeGreaterThan(20);
  expect(outcome.unanswered).toBeGreaterThan(0);
  expect(outcome.figures).toBeGreaterThan(5);
}, 240_000);
