import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { madeSources } from '../test/fake-source.ts';
import { openTopics, type Topic } from './live-topics.ts';


beforeEach(() => { jest.useFakeTimers({ doNotFake: ['queueMicrotask'] }); });
afterEach(() => { jest.useRealTimers(); });

function stage(lostAt: number[] = []) {
  const made = madeSources();
  let seen = true;
  const topics = openTopics({ looked: () => seen });
  const heard: string[] = [];
  const want = (topic: Topic, query?: string) => topics.want({ topic, query, onEvent: (event) => heard.push(`${topic} ${event}`), onLive(live, at) { heard.push(`${topic} ${live ? 'live' : 'not live'}`); if (!live) lostAt.push(at); } });
  const settled = () => Promise.resolve().then(() => undefined);
  return { made, heard, want, settled, look: (looks: boolean) => { seen = looks; topics.look(); } };
}

test('all parts of a page have one connection; each hears its topic', async () => {
  const { made, heard, want, settled } = stage();
  want('health');
  want('alerts');
  await settled();
  expect(made.map(({ url }) => url)).toEqual(['/api/v1/events?topics=alerts%2Chealth']);
  made[0]?.tell('begin', { topics: [] }, 'alerts=1');
  made[0]?.tell('health', { topic: 'health' });
  made[0]?.tell('gap', { topic: 'alerts' });
  expect(heard).toEqual(['health live', 'alerts live', 'health health', 'alerts gap']);
});

test('a part that comes later makes it anew, from where it was; one that comes to what there is hears that it is live', async () => {
  const { made, heard, want, settled } = stage();
  want('health');
  await settled();
  made[0]?.tell('begin', {}, 'health=3@00000001');
  want('health');
  await settled();
  expect([made.length, heard]).toEqual([1, ['health live', 'health live']]);
  const leave = want('logs', 'level>=warn');
  await settled();
  expect([made[0]?.readyState, made[1]?.url]).toEqual([2, '/api/v1/events?topics=health%2Clogs&query=level%3E%3Dwarn&after=health%3D3%4000000001']);
  made[0]?.tell('health', { topic: 'health' });
  expect(heard.filter((each) => each === 'health health')).toEqual([]);
  leave();
  await settled();
  expect(made[2]?.url).toBe('/api/v1/events?topics=health&after=health%3D3%4000000001');
});

test('nobody looks: the connection is given back, and taken again from where it was', async () => {
  const { made, heard, want, settled, look } = stage();
  want('alerts');
  await settled();
  made[0]?.tell('begin', {}, 'alerts=7');
  look(false);
  expect([made[0]?.readyState, heard.at(-1)]).toEqual([2, 'alerts not live']);
  look(true);
  expect(made[1]?.url).toBe('/api/v1/events?topics=alerts&after=alerts%3D7');
});

test('a silent network: all hear that nothing comes and since when, and it is asked for anew from where it was', async () => {
  const lostAt: number[] = [];
  const { made, heard, want, settled } = stage(lostAt);
  want('health');
  want('alerts');
  await settled();
  made[0]?.tell('begin', {}, 'alerts=7');
  made[0]?.tell('beat', 10_000, 'alerts=7');
  const last = Date.now();
  jest.advanceTimersByTime(29_900);
  expect([made.length, heard.at(-1)]).toEqual([1, 'alerts live']);
  jest.advanceTimersByTime(200);
  expect(heard.slice(-2)).toEqual(['health not live', 'alerts not live']);
  expect([made[0]?.readyState, made[1]?.url]).toEqual([2, '/api/v1/events?topics=alerts%2Chealth&after=alerts%3D7']);
  made[1]?.tell('begin', {}, 'alerts=9');
  expect(heard.slice(-2)).toEqual(['health live', 'alerts live']);
  expect(lostAt).toEqual([last, last]);
});
