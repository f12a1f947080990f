import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { madeSources } from '../test/fake-source.ts';
import { openSource } from './live-source.ts';

beforeEach(() => { jest.useFakeTimers(); });
afterEach(() => { jest.useRealTimers(); });

function stage() {
  const made = madeSources();
  const heard: string[] = [];
  const began = Date.now();
  const end = openSource({
    url: () => `/events?${made.length}`, types: ['news'],
    onEvent: ({ type, data }) => { if (type === 'news') heard.push(String(data)); }, onLive: (live, at) => heard.push(live ? 'open' : `lost, heard at ${at - began}`),
  });
  return { made, heard, end };
}

test('three beats without anything: it is lost since the last sign of life, and asked for anew; late words of the old one are not heard', () => {
  const { made, heard, end } = stage();
  made[0]?.dispatchEvent(new Event('open'));
  jest.advanceTimersByTime(20_000);
  made[0]?.tell('news', 1);
  jest.advanceTimersByTime(29_000);
  expect([made.length, heard]).toEqual([1, ['open', '1']]);
  jest.advanceTimersByTime(1100);
  expect(heard).toEqual(['open', '1', 'lost, heard at 20000']);
  expect(made.map(({ url, readyState }) => [url, readyState])).toEqual([['/events?0', 2], ['/events?1', 1]]);
  made[0]?.tell('news', 2);
  made[1]?.dispatchEvent(new Event('open'));
  made[1]?.tell('news', 3);
  expect(heard.slice(3)).toEqual(['open', '3']);
  end();
  jest.advanceTimersByTime(100_000);
  expect(made).toHaveLength(2);
});

test('beats alone keep it', () => {
  const { made, heard } = stage();
  for (let beats = 0; beats < 10; beats += 1) {
    jest.advanceTimersByTime(10_000);
    made[0]?.tell('beat', 10_000);
  }
  expect([made.length, heard]).toEqual([1, []]);
  jest.advanceTimersByTime(30_000);
  expect([made.length, heard]).toEqual([2, ['lost, heard at 100000']]);
});

test('one that is never opened is asked for again and again; what it is lost since stays', () => {
  const { made, heard } = stage();
  jest.advanceTimersByTime(61_000);
  expect([made.length, heard]).toEqual([3, ['lost, heard at 0', 'lost, heard at 0']]);
});

test('who is told may end it: then nothing is asked for any more', () => {
  const made = madeSources();
  const end = openSource({ url: () => '/', types: ['news'], onEvent: () => end(), onLive: () => undefined });
  made[0]?.tell('news', 1);
  jest.advanceTimersByTime(100_000);
  expect(made).toHaveLength(1);
});

test.each([['is silent', false], ['is refused', true]])('who is told that it is lost, since it %s, may end it as well', (_, refused) => {
  const made = madeSources();
  const end = openSource({ url: () => '/', types: [], onEvent: () => undefined, onLive: () => end() });
  if (refused) {
    made[0]?.close();
    made[0]?.dispatchEvent(new Event('error'));
  } else jest.advanceTimersByTime(30_000);
  jest.advanceTimersByTime(100_000);
  expect(made.filter(({ readyState }) => readyState !== EventSource.CLOSED)).toEqual([]);
  expect(made).toHaveLength(refused ? 1 : 2);
});

test('a break is mended by the browser; a refusal is asked again after five seconds', () => {
  const { made, heard } = stage();
  made[0]?.dispatchEvent(new Event('error'));
  jest.advanceTimersByTime(6000);
  expect([made.length, heard]).toEqual([1, ['lost, heard at 0']]);
  made[0]?.close();
  made[0]?.dispatchEvent(new Event('error'));
  jest.advanceTimersByTime(5000);
  expect(made).toHaveLength(2);
});
