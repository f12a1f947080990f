import { expect, test } from '@jest/globals';
import { openTopics, type Topic } from './live-topics.ts';

/** A stream that the test speaks through; `EventSource` itself is the browser's. */
class FakeSource extends EventTarget {
  readonly url: string;
  readyState = 1;
  constructor(url: string) {
    super();
    this.url = url;
  }
  close() { this.readyState = 2; }
  tell(type: string, data: object, lastEventId = '') { this.dispatchEvent(Object.assign(new Event(type), { data: JSON.stringify(data), lastEventId })); }
}
Reflect.set(globalThis, 'EventSource', { CLOSED: 2 });

function stage() {
  const made: FakeSource[] = [];
  let seen = true;
  const topics = openTopics({ connect: (url) => { made.push(new FakeSource(url)); return made.at(-1) as unknown as EventSource; }, looked: () => seen });
  const heard: string[] = [];
  const want = (topic: Topic, query?: string) => topics.want({ topic, query, onEvent: (event) => heard.push(`${topic} ${event}`), onLive: (live) => heard.push(`${topic} ${live ? 'live' : 'not live'}`) });
  const settled = () => new Promise((resolve) => { setTimeout(resolve); });
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
