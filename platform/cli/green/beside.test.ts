import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { besideEachOther, groupsOf } from './beside.ts';
import type { Step } from './step.ts';
import { steps } from './steps.ts';

const step = (name: string, beside?: true): Step => ({ name, about: '', run: async () => ({ passed: 1, failed: 0, skipped: 0, details: [] }), ...(beside ? { beside } : {}) });
const named = (all: readonly Step[]) => groupsOf(all).map((group) => group.map(({ name }) => name));

test('what may be beside each other and stands in a row is one group', () => {
  expect(named([step('a', true), step('b', true), step('c'), step('d'), step('e', true)])).toEqual([['a', 'b'], ['c'], ['d'], ['e']]);
});

test('tests, and what they measure, run alone', () => {
  expect(named(steps).filter((group) => group.length === 1)).toEqual([['unit and HTTP tests'], ['coverage'], ['end to end'], ['drills']]);
});

test('two at once, and the next when one has ended', async () => {
  const [began, ends] = [[] as number[], new Map<number, (value: number) => void>()];
  const all = besideEachOther([0, 1, 2], (one) => new Promise<number>((resolve) => { began.push(one); ends.set(one, resolve); })).map(({ comesTo }) => comesTo);
  await setImmediate();
  expect(began).toEqual([0, 1]);
  ends.get(1)?.(10);
  await setImmediate();
  expect(began).toEqual([0, 1, 2]);
  ends.get(0)?.(0);
  ends.get(2)?.(20);
  expect(await Promise.all(all)).toEqual([0, 10, 20]);
});

test('one that breaks off says so to who waits for it, and to nobody else', async () => {
  const all = besideEachOther(['good', 'bad', 'good'], async (one) => { if (one === 'bad') throw new Error('broke off'); return one; }).map(({ comesTo }) => comesTo);
  await expect(all[1]).rejects.toThrow('broke off');
  expect(await Promise.all([all[0], all[2]])).toEqual(['good', 'good']);
});
