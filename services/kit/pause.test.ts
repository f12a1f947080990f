import { expect, test } from '@jest/globals';
import { pause } from './pause.ts';

test('it lasts as long as it says, and no longer than somebody wants', async () => {
  const never = new AbortController();
  const began = performance.now();
  await pause(50, never.signal);
  expect(performance.now() - began).toBeGreaterThan(45);
  await pause(-1, never.signal);
  const soon = new AbortController();
  const pausing = pause(60_000, soon.signal);
  soon.abort();
  await pausing;
  await pause(60_000, soon.signal);
});
