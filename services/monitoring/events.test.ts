import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { openEvents, type OpenEvents } from '../kit/test/events.ts';
import { until } from '../kit/test/until.ts';
import { mayHear } from './routes/events.ts';
import { lineAt, logs, spanAt, traceId, traces } from './test/otlp.ts';
import { startMonitoring, type Monitoring } from './test/start-monitoring.ts';

let monitoring: Monitoring;
let opened: OpenEvents[] = [];
beforeAll(async () => { monitoring = await startMonitoring(); }, 60_000);
afterEach(() => {
  for (const one of opened.splice(0)) one.leave();
});
afterAll(() => monitoring?.stop());

interface Event { readonly id: string | undefined; readonly event: string; readonly data: Readonly<Record<string, unknown>> & { readonly topic?: string } }
const field = (block: string, name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
const eventsIn = (text: string): readonly Event[] => text.split('\n\n').slice(0, -1).flatMap((block) => {
  const data = field(block, 'data');
  return data === undefined ? [] : [{ id: field(block, 'id'), event: field(block, 'event') ?? 'message', data: JSON.parse(data) }];
});
async function listen(query: string, lastId?: string): Promise<OpenEvents & { readonly events: () => readonly Event[] }> {
  const one = await openEvents(`${monitoring.url}/v1/events?${query}`, { ...monitoring.viewer, ...(lastId === undefined ? {} : { 'last-event-id': lastId }) });
  opened.push(one);
  // Not spread: what it has heard is asked each time.
  return Object.assign(Object.create(one), { events: () => eventsIn(one.text) });
}
const refusedFor = async (query: string, headers: Record<string, string> = monitoring.viewer) => {
  const answer = await fetch(`${monitoring.url}/v1/events?${query}`, { headers });
  const body = await answer.json();
  return { status: answer.status, type: answer.headers.get('content-type'), body };
};
const lastId = (events: readonly Event[]) => events.findLast(({ id }) => id !== undefined)?.id ?? '';
const messages = (events: readonly Event[]) => events.flatMap(({ data }) => (Array.isArray(data['lines']) ? data['lines'] : []).map((line: { message: string }) => line.message));
const names = (events: readonly Event[]) => events.flatMap(({ data }) => (Array.isArray(data['hops']) ? data['hops'] : []).map((hop: { name: string }) => hop.name));
const entries = (events: readonly Event[]) => events.flatMap(({ data }) => (Array.isArray(data['entries']) ? data['entries'] : []).map((entry: { id: number }) => entry.id));
const say = (from: number, count: number, word = 'line') => monitoring.send('/v1/logs', logs('auth', Array.from({ length: count }, (_, index) => lineAt(from + index, `${word} ${from + index}`))));
const hop = (from: number, count: number, more: object = {}) => monitoring.send('/v1/traces', traces('auth', Array.from({ length: count }, (_, index) => spanAt(from + index, { name: `hop ${from + index}`, ...more }))));
const numbers = (word: string, from: number, count: number) => Array.from({ length: count }, (_, index) => `${word} ${from + index}`);

test('one stream tells of every topic, each event by its topic, in the order of each', async () => {
  const one = await listen('topics=hops,logs,health,alerts');
  await until('it has begun', () => one.events().some(({ event }) => event === 'begin'));
  expect(one.events().find(({ event }) => event === 'begin')?.data).toEqual({ topics: ['hops', 'logs', 'health', 'alerts'] });
  await say(0, 3);
  await hop(0, 2);
  await hop(2, 2);
  await say(3, 2);
  const fired = await monitoring.post<{ readonly rule: string }>('/v1/alerts/test', { reason: 'events', seconds: 5 });
  expect(fired.status).toBe(201);
  await until('all has come', () => messages(one.events()).length >= 5 && names(one.events()).length >= 4 && entries(one.events()).length > 0 && one.events().some(({ data }) => data.topic === 'health'), 20_000);
  expect(messages(one.events()).filter((text) => text.startsWith('line '))).toEqual(numbers('line', 0, 5));
  expect(names(one.events()).filter((name) => name.startsWith('hop '))).toEqual(numbers('hop', 0, 4));
  expect(one.events().filter(({ event }) => event !== 'begin').map(({ event, data }) => `${event}/${String(data.topic)}`).filter((each, index, all) => all.indexOf(each) === index).toSorted())
    .toEqual(['alerts/alerts', 'health/health', 'hops/hops', 'lines/logs', 'seen/health']);
  expect(one.events().find(({ event }) => event === 'health')?.data['workloads']).toContainEqual(expect.objectContaining({ name: 'monitoring', health: 'Healthy' }));
}, 40_000);

test('cut in the middle, again and again, while all topics move: nothing is missing and nothing comes twice', async () => {
  const heard = { hops: [] as string[], logs: [] as string[], alerts: [] as number[] };
  const first = await listen('topics=hops,logs,alerts');
  await until('it has begun', () => first.events().length > 0);
  let last = lastId(first.events());
  first.leave();
  const [{ from }] = await monitoring.sql('select coalesce(max(id), 0)::int as from from alert_history') as readonly { readonly from: number }[] as [{ from: number }];
  let sent = 0;
  const sending = (async () => {
    for (let round = 0; round < 40; round += 1) {
      await Promise.all([say(1000 + sent, 20, 'cut'), hop(1000 + sent, 20), monitoring.sql(`insert into alert_history (at_ms, rule, name, workload, change) values (${sent}, 'r', 'n', 'w', 'firing')`)]);
      sent += 20;
    }
  })();
  for (let cut = 1; heard.logs.length < 800 || heard.hops.length < 800 || heard.alerts.length < 40; cut += 1) {
    const one = await listen('topics=hops,logs,alerts', last);
    await until('something of it has come', () => one.events().length > (cut % 4), 5000).catch(() => undefined);
    one.leave();
    // What was read is what stands in whole blocks: a client knows no other id.
    const events = one.events();
    expect(events.filter(({ event }) => event === 'gap')).toEqual([]);
    heard.logs.push(...messages(events).filter((text) => text.startsWith('cut ')));
    heard.hops.push(...names(events).filter((name) => /^hop 1\d\d\d$/.test(name)));
    heard.alerts.push(...entries(events).filter((id) => id > from));
    last = lastId(events) || last;
    if (cut > 200) throw new Error(`Only ${heard.logs.length} lines, ${heard.hops.length} hops, ${heard.alerts.length} alerts.`);
  }
  await sending;
  const byNumber = (a: string, b: string) => Number(a.split(' ')[1]) - Number(b.split(' ')[1]);
  expect(heard.logs.toSorted(byNumber)).toEqual(numbers('cut', 1000, 800));
  expect(heard.hops.toSorted(byNumber)).toEqual(numbers('hop', 1000, 800));
  expect(new Set(heard.alerts).size).toBe(heard.alerts.length);
  expect(heard.alerts).toEqual(heard.alerts.toSorted((a, b) => a - b));
}, 60_000);

test('a topic that is added later begins now; the others go on where they were, also by `after`', async () => {
  const one = await listen('topics=logs');
  await until('it has begun', () => one.events().length > 0);
  const after = lastId(one.events());
  one.leave();
  await say(3000, 1, 'between');
  const two = await listen(`topics=logs,health,hops&after=${encodeURIComponent(after)}`);
  await until('the line has come', () => messages(two.events()).length > 0);
  expect(messages(two.events())).toEqual(['between 3000']);
  expect(two.events().filter(({ event }) => event === 'gap')).toEqual([]);
});

test('hops of one journey, lines that fit: others are passed over, and not heard again', async () => {
  const mine = traceId();
  const one = await listen(`topics=hops,logs&traceId=${mine}&query=${encodeURIComponent('"chosen"')}`);
  await until('it has begun', () => one.events().length > 0);
  await hop(4000, 5);
  await hop(4100, 2, { traceId: mine });
  await say(4000, 2, 'other');
  await say(4100, 2, 'chosen');
  await until('both', () => names(one.events()).length === 2 && messages(one.events()).length === 2);
  expect([names(one.events()), messages(one.events())]).toEqual([numbers('hop', 4100, 2), numbers('chosen', 4100, 2)]);
});

test.each([
  ['rubbish', '\u2028; drop table spans', 'none that this stream gives'], ['another stream\'s', '1764374400000', 'none that this stream gives'], ['two places in one topic', 'logs=1.logs=2', 'none that this stream gives'],
  ['a place that nothing has reached', 'logs=99999999999', 'the store is another one'], ['another process', 'health=3@00000000', 'another process'], ['a count where there is none', 'logs=1@00000000', 'another process'],
])('%s as Last-Event-ID: a gap is said, and it goes on', async (about, id, reason) => {
  const topics = id.startsWith('health') ? 'health' : 'logs';
  const one = await listen(`topics=${topics}`, encodeURI(id).replaceAll('%20', ' '));
  await until('it has begun', () => one.events().some(({ event }) => event === 'begin'));
  expect(one.events()[0]).toMatchObject({ event: 'gap', id: undefined, data: { topic: topics, reason: expect.stringContaining(reason), goesOnAfter: expect.any(Number) } });
  if (topics === 'health') return expect(one.events()[1]).toMatchObject({ event: 'health', data: { workloads: expect.any(Array) } });
  // Each its own line: what was sent before is not written again.
  const word = `after ${about}`;
  await say(5000, 1, word);
  await until('what is new has come', () => messages(one.events()).includes(`${word} 5000`));
  return undefined;
});

test('what is kept no more is a gap, and so is too much at once', async () => {
  const [{ newest }] = await monitoring.sql(`select max(id)::int as newest from alert_history`) as unknown as [{ newest: number }];
  await monitoring.sql('delete from alert_history where id < $1', [newest]);
  const gone = await listen('topics=alerts', 'alerts=0');
  await until('it has begun', () => entries(gone.events()).length > 0);
  expect(gone.events()[0]).toMatchObject({ event: 'gap', data: { topic: 'alerts', reason: 'What came next is kept no more.', after: 0, goesOnAfter: newest - 1 } });
  expect(entries(gone.events())).toEqual([newest]);
  await monitoring.sql(`insert into logs (service, level, message, at_ns, attributes) select 'auth', 'info', 'much', at_ns, '{}' from (select max(at_ns) as at_ns from logs) l, generate_series(1, 10500)`);
  const much = await listen('topics=logs', 'logs=1');
  await until('the last page has come', () => messages(much.events()).length >= 10_000, 30_000);
  expect(much.events()[0]).toMatchObject({ event: 'gap', data: { topic: 'logs', after: 1, reason: expect.stringContaining('too far behind') } });
  expect(messages(much.events())).toHaveLength(10_000);
}, 40_000);

test('an unknown topic is 400 with the ones there are; no role, no token and a topic above one\'s role get nothing', async () => {
  expect(await refusedFor('topics=hops,metrics')).toMatchObject({ status: 400, type: 'application/problem+json', body: { code: 'invalid_params', detail: 'There is no topic "metrics".', fix: expect.stringContaining('hops, logs, health, alerts') } });
  for (const query of ['', 'topics=', 'topics=hops&traceId=x', `topics=${'hops,'.repeat(30)}hops`, 'topics=hops&other=1', 'topics=logs&query=level%3E%3Dloud']) expect([query, (await refusedFor(query)).status]).toEqual([query, 400]);
  expect(await refusedFor('topics=health', { authorization: `Bearer ${monitoring.kit.issuer.token('nobody@example.com', [])}` })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  expect((await refusedFor('topics=health', {})).status).toBe(401);
  const needed = { hops: 'viewer', logs: 'operator', health: 'viewer', alerts: 'viewer' } as const;
  expect(() => mayHear(['hops', 'logs'], ['viewer'], needed)).toThrow(/topic logs needs the role operator/);
  expect(() => mayHear(['hops', 'health'], ['viewer'], needed)).not.toThrow();
});
