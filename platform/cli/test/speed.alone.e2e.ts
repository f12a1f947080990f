/** How fast the pages are, as `./journey bench speed` says it; run when nothing else of the tests runs. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { journey, values } from './journey.ts';

/** A machine that does much else is given room; the figure itself stands beside its limit. */
const ROOM = 2;
interface Row { readonly what: string; readonly verdict: string; readonly figure: { readonly median: number; readonly min: number; readonly max: number; readonly runs: number } }

test('pages are painted soon, a click is answered, 5,000 hops scroll', { skip: !existsSync(process.env['CHROMIUM'] ?? '') && 'it needs Chromium' }, async (t) => {
  const ran = await journey('bench', 'speed', '--quick', '--json');
  const found = values(ran).at(-1) as { readonly hops?: number; readonly milliseconds?: readonly (Row & { readonly most: number })[] } | undefined;
  assert.equal(found?.milliseconds?.length, 7, ran.err);
  for (const { what, figure: { median, min, max, runs }, most, verdict } of found.milliseconds) {
    t.diagnostic(`measured: ${what} ${median.toFixed(0)} ms (${min.toFixed(0)} to ${max.toFixed(0)} in ${runs}), at most ${most}: ${verdict}`);
    assert.ok(runs >= 5 && median <= most * ROOM, `${what}: ${median} ms`);
  }
});
