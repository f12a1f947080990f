import { expect, test } from '@jest/globals';
import { fakeJourney } from '../test/fake-journey.ts';
import { withNews } from './live-journey.ts';

test('news are added once; what has ended is not under way', () => {
  const whole = fakeJourney('c'.repeat(32), 1000);
  const [first, second] = whole.hops;
  if (!first || !second) throw new Error('The fake journey has no hops.');
  const { status: _s, durationMs: _d, ...open } = second;
  const begun = withNews(undefined, { ...whole, connected: false, hops: [first], open: [open], logs: whole.logs.slice(0, 1) });
  expect(begun.open).toEqual([open]);
  const later = withNews(begun, { ...whole, hops: [second], open: [open], logs: whole.logs.slice(0, 2) });
  expect([later.hops, later.open, later.logs]).toEqual([[first, second], [], whole.logs.slice(0, 2)]);
  expect(withNews(whole, whole)).toEqual(whole);
  expect(withNews(whole, { ...whole, connected: null, omitted: { spans: 7, logs: 1 } })).toMatchObject({ connected: null, omitted: { spans: 7, logs: 1 } });
});
