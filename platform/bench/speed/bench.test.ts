import { expect, test } from '@jest/globals';
import { spokenIo } from '../../cli/test/spoken-io.ts';
import { benchOf } from './bench.ts';
import type { Place } from './place.ts';

/** Pages whose speed is known beforehand. */
function placeOf({ paint = 400, task = 75, stand = 0, click = 70, hops = 5000 } = {}) {
  const did = { closed: 0, paths: new Set<string>() };
  const place: Place = {
    hops, path: `/journeys/${'5'.repeat(32)}`,
    paint: async (path) => { did.paths.add(path); return paint; },
    scroll: async () => task,
    stand: async () => stand,
    click: async () => click,
    close: async () => void (did.closed += 1),
  };
  return { did, open: async () => place };
}

test('what is within its limits is met, with the figures as they were taken', async () => {
  const { did, open } = placeOf();
  const io = spokenIo('/', { json: true });
  expect(await benchOf(open).run(io, { quick: true })).toBe(0);
  expect(io.emitted).toMatchObject([{ bench: 'speed', hops: 5000, control: { median: 0 }, milliseconds: [
    ...[...did.paths].map((path) => ({ what: `largest paint of ${path.replace(/5{32}/, '<5,000 hops>')}`, figure: { median: 400, runs: 5 }, verdict: 'met' })),
    { what: 'click to paint', figure: { median: 70 } }, { what: 'longest task, 5000 hops', figure: { median: 75 } },
  ] }]);
  expect([did.paths.size, did.closed]).toEqual([5, 1]);
});

test('every page when there is time', async () => {
  const { did, open } = placeOf();
  expect(await benchOf(open).run(spokenIo('/'), { quick: false })).toBe(0);
  expect(did.paths.size).toBe(17);
});

test.each([
  [{ paint: 1501 }, /largest paint of \/ +1501 ms \(1501 to 1501 in 5\); at most 1500: missed/],
  [{ click: 201 }, /click to paint .* at most 200: missed/],
  [{ task: 101 }, /longest task, 5000 hops .* at most 100: missed/],
  [{ task: 101, stand: 60 }, /longest task, 5000 hops .* at most 100: inconclusive/],
])('what is beyond one of them is not: %j', async (more, says) => {
  const { did, open } = placeOf(more);
  const io = spokenIo('/');
  expect(await benchOf(open).run(io, { quick: true })).toBe(1);
  expect(io.printed.join('\n')).toMatch(says);
  expect(did.closed).toBe(1);
});

test('a journey that is too small gives no figure', async () => {
  const { did, open } = placeOf({ hops: 40 });
  await expect(benchOf(open).run(spokenIo('/'), { quick: true })).rejects.toThrow('would not be of 5000');
  expect(did.closed).toBe(1);
});
