import { test } from '@jest/globals';
import { openArrivals } from './arrivals.ts';

const never = new AbortController().signal;

test('an arrival wakes who waits for that trace; one that came before the wait counts', async () => {
  const arrivals = openArrivals();
  arrivals.arrived(['a']);
  const waiting = arrivals.wait('a');
  arrivals.arrived(['b', 'a']);
  await waiting.next(60_000, never);
  const next = waiting.next(60_000, never);
  arrivals.arrived(['a', 'a']);
  await next;
  waiting.forget();
  arrivals.arrived(['a']);
});

test('nobody waits for ever: time and an abort end it', async () => {
  const arrivals = openArrivals();
  const [one, other] = [arrivals.wait('a'), arrivals.wait('a')];
  await one.next(5, never);
  const gone = new AbortController();
  const wait = other.next(60_000, gone.signal);
  gone.abort();
  await wait;
  await other.next(60_000, gone.signal);
  one.forget();
  const still = other.next(60_000, never);
  arrivals.arrived(['a']);
  await still;
});
