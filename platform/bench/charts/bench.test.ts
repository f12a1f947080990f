import { expect, test } from '@jest/globals';
import { spokenIo } from '../../cli/test/spoken-io.ts';
import { benchOf } from './bench.ts';
import { POINTS, SERIES, type Place } from './place.ts';

/** A chart whose cost and heap are known beforehand. */
function placeOf({ ms = 5, mb = [100, 110], points = POINTS, series = SERIES }: { readonly ms?: number; readonly mb?: readonly number[]; readonly points?: number; readonly series?: number } = {}) {
  const did = { updates: 0, closed: 0, heaps: 0 };
  const place: Place = {
    update: async () => { did.updates += 1; return ms; },
    nothing: async () => 1,
    heap: async () => mb[did.heaps++] ?? Number.NaN,
    drawn: async () => Array.from({ length: series }, () => points),
    close: async () => void (did.closed += 1),
  };
  return { did, open: async () => place };
}
const brief = { quick: true, minutes: 0.0001 };

test('what is within its limits is met, with the figures as they were taken', async () => {
  const { did, open } = placeOf();
  const io = spokenIo('/', { json: true });
  expect(await benchOf(open).run(io, brief)).toBe(0);
  expect(io.emitted).toMatchObject([{ bench: 'charts', series: SERIES, points: POINTS, milliseconds: { update: { median: 5, runs: 5 }, nothing: { median: 1 } }, heap: { beforeMb: 100, afterMb: 110, grownMb: 10 }, verdicts: { update: 'met', heap: 'met' } }]);
  expect(did).toMatchObject({ closed: 1, heaps: 2 });
});

test.each([[{ ms: 21 }, /at most 20: missed/], [{ mb: [100, 121] }, /\+21\.0; at most \+20: missed/]])('what is beyond one of them is missed: %j', async (more, said) => {
  const { did, open } = placeOf(more);
  const io = spokenIo('/');
  expect(await benchOf(open).run(io, brief)).toBe(1);
  expect(io.printed.join('\n')).toMatch(said);
  expect(did.closed).toBe(1);
});

test('a heap that shrank says so', async () => {
  const io = spokenIo('/');
  expect(await benchOf(placeOf({ mb: [100, 98] }).open).run(io, brief)).toBe(0);
  expect(io.printed.join('\n')).toContain('100.0 to 98.0 MB, -2.0; at most +20: met');
});

test.each([[{ points: 12 }], [{ series: 0 }]])('a chart that is not what is measured gives no figure: %j', async (more) => {
  const { did, open } = placeOf(more);
  await expect(benchOf(open).run(spokenIo('/'), brief)).rejects.toThrow('would not be of 6 series of 3600');
  expect(did.closed).toBe(1);
});

test('whoever interrupts gets what was measured until then, and no verdict by the exit code', async () => {
  const io = spokenIo('/', { signal: AbortSignal.abort() });
  expect(await benchOf(placeOf().open).run(io, { quick: false })).toBe(130);
  expect(io.printed.join('\n')).toContain('heap after 10 min, 0 updates');
});
