import { expect, test } from '@jest/globals';
import { openingOf, wasClosed } from './window.ts';

const window = { schedule: '0 8 * * 1-4', hours: 8, timeZone: 'Europe/Dublin' };
const at = (time: string) => openingOf(window, new Date(time));

test('no window is always open', () => expect(openingOf(undefined, new Date())).toEqual({ open: true }));

test.each([
  ['2026-11-25T08:00:00Z', true], ['2026-11-25T15:59:59Z', true], ['2026-11-25T16:00:00Z', false], ['2026-11-25T07:59:59Z', false],
  // Summer time: eight in Dublin is seven in UTC.
  ['2026-07-01T07:00:00Z', true], ['2026-07-01T06:59:59Z', false],
  // A Friday.
  ['2026-11-27T09:00:00Z', false],
])('at %s it is open: %s', (time, open) => expect(at(time).open).toBe(open));

test('it says when it opens next, over a weekend and a change of the clocks', () => {
  expect(at('2026-11-26T17:00:00Z').opens).toBe('2026-11-30T08:00:00.000Z');
  expect(at('2026-10-22T20:00:00Z').opens).toBe('2026-10-26T08:00:00.000Z');
  expect(at('2026-11-25T09:00:00Z').opens).toBeUndefined();
});

test('a window that has just opened has not let anything happen yet', () => {
  const closed = (time: string) => wasClosed(window, new Date(time), 15 * 60_000);
  expect([closed('2026-11-25T07:59:59Z'), closed('2026-11-25T08:14:59Z'), closed('2026-11-25T08:15:00Z'), closed('2026-11-25T16:00:00Z')]).toEqual([true, true, false, true]);
  expect(wasClosed(undefined, new Date(), 1000)).toBe(false);
});

test('an expression that is none is an error, not an open door', () => {
  expect(() => openingOf({ ...window, schedule: 'now and then' }, new Date())).toThrow();
  expect(() => openingOf({ ...window, timeZone: 'Atlantis/Centre' }, new Date())).toThrow();
});
