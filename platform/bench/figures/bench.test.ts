import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { exit } from '../../cli/command.ts';
import { fakeIo } from '../../cli/test/fake-io.ts';
import { figureOf } from '../statistics.ts';
import { startBare } from './bare.ts';
import { drive } from './drive.ts';
import { laterThanJourneys, ROUTE, shownSince } from './shown.ts';
import { apart, beyond, timesOf } from './times.ts';
import { tell } from './verdict.ts';

test('the driver asks as often as it was told, and its times are those of the server and a little more', async () => {
  const bare = await startBare(20);
  const { good, millis, traces } = await drive({ url: bare.url, token: 't', count: 15, perSecond: 200, warm: { url: bare.warmUrl, count: 3 } }, new AbortController().signal);
  await bare.stop();
  expect([good, millis.length, bare.millis.length, traces.length]).toEqual([15, 15, 15, 15]);
  expect(timesOf(millis).p50).toBeGreaterThanOrEqual(timesOf(bare.millis).p50 - 1);
  expect(timesOf(millis).mean).toBeGreaterThanOrEqual(19);
}, 20_000);

test('a driver that cannot reach anybody fails with why', async () => {
  await expect(drive({ url: 'http://127.0.0.1:1/', token: 't', count: 1, perSecond: 1, warm: { url: 'http://127.0.0.1:1/', count: 0 } }, new AbortController().signal)).rejects.toThrow(/ended with 1: [^]*ECONNREFUSED/);
});

test('times are compared run by run', () => {
  expect(timesOf(Array.from({ length: 100 }, (_, n) => n + 1))).toEqual({ mean: 50.5, p50: 50, p99: 99 });
  const pairs = [{ driven: { mean: 5, p50: 4, p99: 9 }, kept: { mean: 4, p50: 4, p99: 10 } }, { driven: { mean: 7, p50: 4, p99: 9 }, kept: { mean: 4, p50: 4, p99: 10 } }];
  expect(apart(pairs)).toMatchObject({ mean: { median: 2, min: 1, max: 3 }, p50: { median: 0 }, p99: { median: 1 } });
  const bare = [{ driven: { mean: 3, p50: 2, p99: 4 }, kept: { mean: 2, p50: 2, p99: 2 } }];
  expect(beyond(pairs, [...bare, ...bare])).toMatchObject({ mean: { median: 1, min: 0, max: 2 }, p50: { median: 0 }, p99: { median: -3 } });
});

test('what is shown is read when all of it is there, once more after that, of the one route; what is not shown is no number', async () => {
  const groups = [[], [{ labels: { route: '/v1/other' }, requests: 99, mean: 9, p50: 9, p99: 9 }, { labels: { route: ROUTE }, requests: 3, mean: 0.001, p50: 0.001, p99: 0.001 }], [{ labels: { route: ROUTE }, requests: 5, mean: 0.002, p50: null, p99: 0.004 }]];
  let asked = 0;
  const server = createServer((_, answer) => answer.setHeader('content-type', 'application/json').end(JSON.stringify(asked === 0 ? (asked += 1, {}) : { groups: groups[Math.min(asked++, groups.length) - 1] })));
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const caller = { gateway: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), token: 't', signal: new AbortController().signal };
  expect(await shownSince(caller, 0, 5)).toEqual({ requests: 5, times: { mean: 2, p50: Number.NaN, p99: 4 } });
  expect(asked).toBe(5);
  server.close();
}, 20_000);

test('a journey is compared with the wait of the same request; one that is not told ends the run', async () => {
  const server = createServer((asked, answer) => answer.setHeader('content-type', 'application/json').end(JSON.stringify({ hops: asked.url?.endsWith('gone') ? [] : [{ parentId: 'a', durationMs: 99 }, { parentId: null, durationMs: 3 }] })));
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const caller = { gateway: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), token: 't', signal: new AbortController().signal };
  expect(await laterThanJourneys(caller, { millis: [4, 3.5], traces: ['a', 'b'] })).toEqual([1, 0.5]);
  await expect(laterThanJourneys(caller, { millis: [4], traces: ['gone'] })).rejects.toThrow('The journey gone has no first hop');
  server.close();
});

const all = (ms: number) => ({ mean: figureOf([ms]), p50: figureOf([ms]), p99: figureOf([ms]) });
const found = (ours: number, control: number, share = 1, beyondIt = ours - control) => ({ ours: all(ours), control: all(control), beyond: all(beyondIt), journeys: figureOf([Math.abs(beyondIt)]), counts: [share], load: 0.5, requests: 600 });
test.each([
  ['within 2 ms is met', found(1.9, 0.4), ['met', 'met', 'met', 'met', 'met'], exit.ok],
  ['beyond it is missed', found(2.5, 0.4), ['met', 'missed', 'missed', 'missed', 'missed'], exit.failure],
  ['a driver that is itself far off says nothing', found(2.5, 1.1), ['met', 'inconclusive', 'inconclusive', 'inconclusive', 'met'], exit.failure],
  ['a lateness of the driver hides nothing', found(0.1, 2.2), ['met', 'missed', 'missed', 'missed', 'missed'], exit.failure],
  ['a request that is missing is seen', found(0.1, 0.1, 0.98), ['missed', 'met', 'met', 'met', 'met'], exit.failure],
  ['what was not shown is no figure', found(Number.NaN, 0.1), ['met', 'missed', 'missed', 'missed', 'missed'], exit.failure],
])('%s', (_, one, verdicts, code) => {
  const [people, programs] = [fakeIo(), fakeIo({ json: true })];
  expect([tell(people, one), tell(programs, one)]).toEqual([code, code]);
  expect(people.out.slice(0, 5).map((line) => line.slice(line.lastIndexOf(' ') + 1))).toEqual(verdicts);
  expect(programs.values).toMatchObject([{ bench: 'figures', requests: 600, rows: verdicts.map((verdict) => ({ verdict })) }]);
});
