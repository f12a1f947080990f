import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openEvents } from '../kit/test/events.ts';
import { until } from '../kit/test/until.ts';
import { attribute, lineAt, logs, spanAt, spanId, traceId, traces } from './test/otlp.ts';
import { startMonitoring, type Monitoring } from './test/start-monitoring.ts';

let site: Monitoring;
beforeAll(async () => { site = await startMonitoring(); }, 60_000);
afterAll(() => site?.stop());

interface Told {
  readonly connected: boolean | null;
  readonly hops: readonly { readonly spanId: string; readonly parentId: string | null }[];
  readonly logs: readonly { readonly message: string }[];
  readonly omitted: { readonly spans: number; readonly logs: number };
}
/** What a browser is handed at most (dashboard/api/forward.ts). */
const ANSWER_BYTES = 8 * 1024 * 1024;
const named = (index: number) => (index + 1).toString(16).padStart(16, '0');
/** A tree: each below one that began before it, earlier ones first. */
function spansOf(trace: string, count: number, more: (index: number) => object = () => ({})) {
  return Array.from({ length: count }, (_, i) => spanAt(i / 100, {
    traceId: trace, spanId: named(i), ...(i === 0 ? {} : { parentSpanId: named(Math.floor((i - 1) / 3)) }), name: `SELECT shop.DATABASE ${i}`,
    attributes: [attribute('db.system.name', 'postgresql'), attribute('db.query.text', 'SELECT value FROM things WHERE name = $1'), attribute('journey.reference', 'shop.DATABASE')], ...more(i),
  }));
}
async function send(spans: readonly ReturnType<typeof spanAt>[]): Promise<void> {
  for (let i = 0; i < spans.length; i += 2500) expect((await site.send<object>('/v1/traces', traces('shop', spans.slice(i, i + 2500)))).status).toBe(200);
}
async function follow(trace: string) {
  const stream = await openEvents(`${site.url}/v1/journeys/${trace}/events`, site.viewer);
  const told = () => [...stream.text.matchAll(/^event: journey\ndata: (.*)\n\n/gm)].map(([, data]) => JSON.parse(data ?? '') as Told);
  return { told, hops: () => new Set(told().flatMap(({ hops }) => hops.map((hop) => hop.spanId))).size, close: () => stream.leave() };
}

test('5,000 spans come back, every one, by the answer and by the stream that was open before them', async () => {
  const trace = traceId();
  const stream = await follow(trace);
  await send(spansOf(trace, 5000));
  const { body } = await site.read<Told>(`/v1/journeys/${trace}`);
  expect([new Set(body.hops.map((hop) => hop.spanId)).size, body.hops.length, body.connected, body.omitted]).toEqual([5000, 5000, true, { spans: 0, logs: 0 }]);
  await until('the stream has told them', () => stream.hops() === 5000, 20_000);
  expect(stream.told().flatMap(({ hops }) => hops)).toHaveLength(5000);
  expect(stream.told().at(-1)).toMatchObject({ connected: true, omitted: { spans: 0, logs: 0 } });
  stream.close();
  // Its export is as whole.
  expect((await site.read(`/v1/journeys/${trace}/otlp`)).text.match(/"spanId"/g)).toHaveLength(5000);
}, 60_000);

test('of more than 10,000 the first are told, how many are not, and not whether it is a tree', async () => {
  const trace = traceId();
  const stream = await follow(trace);
  await send(spansOf(trace, 10_003));
  const began = performance.now();
  const { body, text } = await site.read<Told>(`/v1/journeys/${trace}`);
  const tookMs = performance.now() - began;
  expect([body.connected, body.hops.length, body.omitted]).toEqual([null, 10_000, { spans: 3, logs: 0 }]);
  expect(Buffer.byteLength(text)).toBeLessThan(ANSWER_BYTES);
  // Measured: 0.4 s and 3.6 MB on a busy machine of two cores.
  expect(tookMs).toBeLessThan(8000);
  await until('the stream says what it does not tell', () => stream.told().at(-1)?.omitted.spans === 3, 20_000);
  expect(stream.told().at(-1)?.connected).toBeNull();
  stream.close();
  expect((await site.read<{ code: string }>(`/v1/journeys/${trace}/otlp`)).body.code).toBe('too_large');
  // What is certain is said: with a second root it is no tree, whatever else there is.
  await send([spanAt(0.001, { traceId: trace, spanId: spanId() })]);
  const { connected, omitted } = (await site.read<Told>(`/v1/journeys/${trace}`)).body;
  expect([connected, omitted]).toEqual([false, { spans: 4, logs: 0 }]);
}, 90_000);

test('spans and lines that are large are told up to the size of an answer', async () => {
  const trace = traceId();
  // What needs six characters for one, and what JSON and PostgreSQL write differently.
  const nasty = '\u0001"\\é😀\u2028'.repeat(500);
  await Promise.all(Array.from({ length: 8 }, async (_, part) => {
    const spans = spansOf(trace, 480, () => ({ attributes: [attribute('x', nasty)], status: { code: 2, message: nasty } })).slice(part * 60, part * 60 + 60);
    expect((await site.send<object>('/v1/traces', traces('shop', spans))).status).toBe(200);
    expect((await site.send<object>('/v1/logs', logs('shop', Array.from({ length: 40 }, (_line, i) => lineAt(part * 40 + i, `${nasty}${i}`, { traceId: trace, attributes: [attribute('exception.stacktrace', nasty)] }))))).status).toBe(200);
  }));
  const { body, text } = await site.read<Told>(`/v1/journeys/${trace}`);
  expect([body.hops.length + body.omitted.spans, body.logs.length + body.omitted.logs]).toEqual([480, 320]);
  expect(body.omitted.spans).toBeGreaterThan(0);
  expect(body.omitted.logs).toBeGreaterThan(0);
  expect(Buffer.byteLength(text)).toBeGreaterThan(ANSWER_BYTES / 2);
  expect(Buffer.byteLength(text)).toBeLessThan(ANSWER_BYTES);
}, 60_000);
