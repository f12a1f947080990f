import { expect, test } from '@jest/globals';
import { openLatest } from './latest.ts';

test('begins with what is there, then shows what changes, without what came between', async () => {
  const latest = openLatest<number>();
  const gone = new AbortController();
  latest.set(1);
  const follower = latest.follow(gone.signal);
  expect(latest.followers).toBe(0);
  expect(await follower.next()).toEqual({ done: false, value: 1 });
  const next = follower.next();
  latest.set(2);
  latest.set(3);
  expect(await next).toEqual({ done: false, value: 3 });
  latest.set(4);
  latest.set(5);
  expect(await follower.next()).toEqual({ done: false, value: 5 });
  const last = follower.next();
  gone.abort();
  expect([await last, latest.followers]).toEqual([{ done: true, value: undefined }, 0]);
});

test('the same value set again is news; every follower sees it; leaving is counted', async () => {
  const latest = openLatest<string>();
  const { signal } = new AbortController();
  const [one, other] = [latest.follow(signal), latest.follow(signal)];
  const both = Promise.all([one.next(), other.next()]);
  expect(latest.followers).toBe(2);
  latest.set('a');
  expect((await both).map(({ value }) => value)).toEqual(['a', 'a']);
  const again = one.next();
  latest.set('a');
  expect((await again).value).toBe('a');
  await one.return();
  expect(latest.followers).toBe(1);
  expect((await latest.follow(AbortSignal.abort()).next()).done).toBe(true);
});
