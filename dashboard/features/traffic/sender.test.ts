import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { demoMix } from '../../../services/gateway/contract/demo-traffic.ts';
import { openSender } from './sender.ts';

beforeEach(() => { jest.useFakeTimers({ now: 1_000_000 }); });
afterEach(() => { jest.useRealTimers(); });
const good = { send: ({ good: [status = 200] }: (typeof demoMix)[number]) => Promise.resolve(status), now: () => Date.now(), random: Math.random };

test('two a second until its time is over; then it is over', async () => {
  const sender = openSender(good);
  sender.start(1);
  expect(sender.now).toMatchObject({ running: true, until: 1_060_000 });
  await jest.advanceTimersByTimeAsync(30_000);
  expect(sender.now).toMatchObject({ running: true, sent: 60, failed: 0 });
  await jest.advanceTimersByTimeAsync(600_000);
  expect(sender.now).toMatchObject({ running: false, sent: 119, failed: 0, until: 1_060_000 });
  expect(jest.getTimerCount()).toBe(0);
});

test('nobody gets more than ten minutes', () => {
  const sender = openSender(good);
  sender.start(600);
  expect(sender.now?.until).toBe(1_600_000);
  sender.stop();
});

test('stopped by hand it sends no more, and what it cut off has not failed', async () => {
  let aborted = 0;
  const sender = openSender({ ...good, send: (_, signal) => new Promise((resolve) => { signal.addEventListener('abort', () => { aborted += 1; resolve(0); }); }) });
  sender.start(5);
  await jest.advanceTimersByTimeAsync(1000);
  sender.stop();
  await jest.advanceTimersByTimeAsync(10_000);
  expect([sender.now, aborted]).toMatchObject([{ running: false, sent: 2, failed: 0 }, 2]);
});

test('a wrong answer and none are failures; while eight are open the others are left out and counted', async () => {
  const failing = openSender({ ...good, send: () => Promise.resolve(503) });
  failing.start(1);
  await jest.advanceTimersByTimeAsync(5000);
  expect(failing.now).toMatchObject({ sent: 10, failed: 10 });
  failing.stop();
  const stuck = openSender({ ...good, send: () => new Promise(() => undefined) });
  stuck.start(1);
  await jest.advanceTimersByTimeAsync(10_000);
  expect(stuck.now).toMatchObject({ sent: 8, skipped: 12 });
  stuck.stop();
});

test('it ends when nobody is signed in any more', async () => {
  const sender = openSender({ ...good, send: () => Promise.resolve(401) });
  sender.start(5);
  await jest.advanceTimersByTimeAsync(30_000);
  expect(sender.now?.running).toBe(false);
  expect(sender.now?.sent).toBeLessThan(20);
});
