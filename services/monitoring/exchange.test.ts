import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openEvents } from '../kit/test/events.ts';
import { until } from '../kit/test/until.ts';
import { attribute, lineAt, logs, spanAt, spanId, startMs, traceId, traces } from './test/otlp.ts';
import { startMonitoring, type Monitoring } from './test/start-monitoring.ts';

let [monitoring, empty]: Monitoring[] = [];
beforeAll(async () => {
  monitoring = await startMonitoring();
  empty = await startMonitoring();
}, 60_000);
afterAll(() => Promise.all([monitoring?.stop(), empty?.stop()]));
const site = () => monitoring ?? (() => { throw new Error('not started'); })();
const other = () => empty ?? (() => { throw new Error('not started'); })();

const trace = traceId();
const root = spanAt(0, { traceId: trace, name: 'POST /v1/things', attributes: [attribute('http.route', '/v1/things'), attribute('http.response.status_code', 201), { key: 'ratio', value: { doubleValue: 0.5 } }, { key: 'flag', value: { boolValue: true } }, { key: 'list', value: { arrayValue: { values: [{ stringValue: 'a' }, { intValue: '9223372036854775807' }] } } }, { key: 'map', value: { kvlistValue: { values: [attribute('b', 2), attribute('a', '1')] } } }] });
const call = spanAt(1, { traceId: trace, parentSpanId: root.spanId, kind: 3, name: 'GET auth', status: { code: 2, message: 'refused' } });
const served = spanAt(2, { traceId: trace, parentSpanId: call.spanId, name: 'GET /v1/who' });
const begun = { ...spanAt(3, { traceId: trace, parentSpanId: served.spanId, name: 'SELECT', kind: 3 }), endTimeUnixNano: '0' };

test('a journey goes out as OTLP and into an empty store, and comes out of it the same', async () => {
  await site().send('/v1/traces', traces('gateway', [root, call, begun]));
  await site().send('/v1/traces', traces('auth', [served]));
  await site().send('/v1/logs', logs('auth', [lineAt(2, 'who is it?\n<b>', { traceId: trace, spanId: served.spanId, severityNumber: 13, attributes: [attribute('k', 'v')] }), lineAt(2, 'twice', { traceId: trace }), lineAt(2, 'twice', { traceId: trace })]));
  const out = await site().read<object>(`/v1/journeys/${trace}/otlp?logs=true`);
  expect(out.status).toBe(200);
  expect((await site().read<object>(`/v1/journeys/${trace}/otlp`)).body).not.toHaveProperty('resourceLogs');
  expect(JSON.stringify(out.body)).toContain('{"key":"list","value":{"arrayValue":{"values":[{"stringValue":"a"},{"stringValue":"9223372036854775807"}]}}}');
  const into = await other().post<object>('/v1/journeys/import', out.body);
  expect([into.status, into.body]).toEqual([200, { traceIds: [trace], spans: 4, lines: 3, refused: 0, why: null }]);
  expect((await other().read<object>(`/v1/journeys/${trace}/otlp?logs=true`)).body).toEqual(out.body);
  expect((await other().read<object>(`/v1/journeys/${trace}`)).body).toEqual((await site().read<object>(`/v1/journeys/${trace}`)).body);
  expect((await other().post<object>('/v1/journeys/import', out.body)).body).toMatchObject({ spans: 0, lines: 0 });
  expect(await other().sql('select person, action, subject, detail from audit order by id')).toEqual([
    { person: 'ada@example.com', action: 'monitoring.importJourney', subject: trace, detail: { spans: 4, lines: 3, traceIds: [trace] } },
    { person: 'ada@example.com', action: 'monitoring.importJourney', subject: trace, detail: { spans: 0, lines: 0, traceIds: [trace] } },
  ]);
  expect(await other().sql('select sum(info + warn)::int as n from log_counts where width = 10')).toEqual([{ n: 3 }]);
});

/** Everything that OTLP 1.x has for a span, in the order in which it is written: attributes by their keys. */
function wholeSpan(linked: string) {
  const strings = (values: Readonly<Record<string, string>>) => Object.entries(values).map(([key, value]) => attribute(key, value));
  const { startTimeUnixNano } = spanAt(10);
  const at = (nanos: number) => String(BigInt(startTimeUnixNano) + BigInt(nanos));
  const span = {
    traceId: traceId(), spanId: spanId(), traceState: 'vendor=t61rcWkgMzE', parentSpanId: spanId(), flags: 0x301, name: 'work', kind: 5, startTimeUnixNano, endTimeUnixNano: at(5_000_001),
    attributes: [{ key: 'a.number', value: { intValue: '7' } }, { key: 'b.list', value: { arrayValue: { values: [{ boolValue: true }, { doubleValue: 0.25 }] } } }], droppedAttributesCount: 3,
    events: [
      { timeUnixNano: at(-2000), name: 'before', attributes: [] },
      { timeUnixNano: at(1_250_001), name: 'exception', attributes: strings({ 'exception.message': 'no\tway\\n', 'exception.type': 'Oops' }), droppedAttributesCount: 1 },
    ],
    droppedEventsCount: 4,
    links: [{ traceId: linked, spanId: spanId(), traceState: 'other=1', attributes: strings({ why: 'batch' }), droppedAttributesCount: 2, flags: 0x101 }],
    droppedLinksCount: 5, status: { code: 1 },
  };
  const scope = { name: 'lib', version: '1.2.3', attributes: strings({ of: 'scope' }), droppedAttributesCount: 6 };
  const resource = { attributes: strings({ 'host.name': 'h', 'service.name': 'foreign', 'service.version': '7', 'telemetry.sdk.language': 'python' }), droppedAttributesCount: 8 };
  return { span, body: { resourceSpans: [{ resource, schemaUrl: 'https://opentelemetry.io/schemas/1.30.0', scopeSpans: [{ scope, schemaUrl: 'https://opentelemetry.io/schemas/1.31.0', spans: [span] }] }] } };
}

test('a span with everything that OTLP has comes out as it went in, field by field, also when it is brought elsewhere or has not ended', async () => {
  const { span, body } = wholeSpan(traceId());
  const { status: _, ...begun } = span;
  const open = { resourceSpans: body.resourceSpans.map(({ scopeSpans, ...group }) => ({ ...group, scopeSpans: scopeSpans.map((scoped) => ({ ...scoped, spans: [{ ...begun, traceId: traceId(), endTimeUnixNano: '0' }] })) })) };
  for (const sent of [body, open]) {
    const id = sent.resourceSpans[0]?.scopeSpans[0]?.spans[0]?.traceId;
    expect((await site().send('/v1/traces', sent)).body).toEqual({});
    const out = await site().read<object>(`/v1/journeys/${id}/otlp`);
    expect(out.body).toEqual(sent);
    expect((await other().post('/v1/journeys/import', out.body)).body).toMatchObject({ spans: 1, refused: 0 });
    expect((await other().read(`/v1/journeys/${id}/otlp`)).body).toEqual(sent);
  }
  // Of a span that says nothing of the kind both columns are empty.
  const plain = spanAt(0);
  await site().send('/v1/traces', { resourceSpans: [{ resource: { attributes: [attribute('service.name', 'a')], droppedAttributesCount: 0 }, scopeSpans: [{ scope: { name: 'request-journey' }, spans: [{ ...plain, events: [], links: [], droppedEventsCount: 0, flags: 0, status: { code: 0 } }] }] }] });
  expect(await site().sql('select flags, extras from spans where trace_id = $1', [plain.traceId])).toEqual([{ flags: null, extras: null }]);
});

test('events and links are told by the answer, the stream and Jaeger; too many or ill-formed ones are counted', async () => {
  const linked = traceId();
  const { span, body } = wholeSpan(linked);
  const told = {
    events: [{ offsetMs: -0.002, name: 'before', attributes: {} }, { offsetMs: 1.25, name: 'exception', attributes: { 'exception.message': 'no\tway\\n', 'exception.type': 'Oops' } }],
    links: [{ traceId: linked, spanId: span.links[0]?.spanId, attributes: { why: 'batch' } }], dropped: { attributes: 3, events: 4, links: 5 },
  };
  const streams = await Promise.all([openEvents(`${site().url}/v1/journeys/${span.traceId}/events`, site().viewer), openEvents(`${site().url}/v1/events?topics=hops&traceId=${span.traceId}`, site().viewer)]);
  await site().send('/v1/traces', body);
  expect((await site().read<{ hops: object[] }>(`/v1/journeys/${span.traceId}`)).body.hops).toMatchObject([told]);
  for (const stream of streams) {
    await until('the stream tells the hop', () => stream.text.includes(span.spanId));
    const [data] = /(?<=^data: ).*hops.*spanId.*$/m.exec(stream.text) ?? [];
    expect(JSON.parse(data ?? '{}')).toMatchObject({ hops: [told] });
    stream.leave();
  }
  const jaeger = await site().read<{ data: { spans: Record<string, unknown>[]; processes: Record<string, unknown> }[] }>(`/v1/jaeger/api/traces/${span.traceId}`);
  const at = startMs * 1000 + 10_000;
  expect(jaeger.body.data[0]?.spans).toMatchObject([{
    flags: 1, references: [{ refType: 'CHILD_OF', spanID: span.parentSpanId }, { refType: 'FOLLOWS_FROM', traceID: linked, spanID: told.links[0]?.spanId }],
    logs: [{ timestamp: at - 2, fields: [{ key: 'event', value: 'before' }] }, { timestamp: at + 1250, fields: [{ key: 'event', value: 'exception' }, { key: 'exception.message' }, { key: 'exception.type', value: 'Oops' }, { key: 'otel.dropped_attributes_count', value: 1 }] }],
    tags: expect.arrayContaining([{ key: 'otel.status_code', type: 'string', value: 'OK' }, { key: 'w3c.tracestate', type: 'string', value: 'vendor=t61rcWkgMzE' }, { key: 'otel.scope.name', type: 'string', value: 'lib' }, { key: 'otel.dropped_events_count', type: 'int64', value: 4 }]),
  }]);
  expect(JSON.stringify(jaeger.body.data[0]?.processes)).toContain('{"key":"telemetry.sdk.language","type":"string","value":"python"}');
  // 200 small ones, of which 128 may be; ill-formed ones; large ones, of which 64 KiB may be.
  const event = (name: string) => ({ timeUnixNano: span.startTimeUnixNano, name });
  const large = { ...event('large'), attributes: [attribute('x', 'y'.repeat(4000))] };
  const odd = [
    spanAt(20, { events: Array.from({ length: 200 }, () => event('e')), links: Array.from({ length: 130 }, () => ({ traceId: linked, spanId: span.spanId })) }),
    spanAt(21, { events: [null, 7, { name: 'no time' }, event('fine')], links: [{ traceId: 'x', spanId: span.spanId }, {}], droppedEventsCount: '2' }), spanAt(22, { events: Array.from({ length: 50 }, () => large), links: 'x' }),
  ].map((one) => ({ ...one, traceId: span.traceId }));
  await site().send('/v1/traces', traces('foreign', odd));
  interface Told { events?: object[]; links?: object[]; dropped?: object }
  const { hops } = (await site().read<{ hops: Told[] }>(`/v1/journeys/${span.traceId}`)).body;
  expect(hops.slice(0, 3).map(({ events, links, dropped }) => [events?.length, links?.length, dropped])).toEqual([[128, 128, { events: 72, links: 2 }], [1, undefined, { events: 5, links: 2 }], [16, undefined, { events: 34 }]]);
});

test('who may only look may not bring; rubbish and what is too old is refused, one by one', async () => {
  expect((await site().post('/v1/journeys/import', { resourceSpans: [] }, 'viewer')).status).toBe(403);
  expect((await site().post('/v1/journeys/import', { resourceSpans: {} })).status).toBe(400);
  const { body } = await site().post<object>('/v1/journeys/import', traces('a', [null, spanAt(-9 * 86_400_000)]));
  expect(body).toEqual({ traceIds: [], spans: 0, lines: 0, refused: 2, why: 'traceId or spanId is not a hexadecimal id' });
  expect((await site().read(`/v1/journeys/${traceId()}/otlp`)).status).toBe(404);
});

test('Jaeger reads the same journey', async () => {
  interface Jaeger { readonly data: readonly { readonly traceID: string; readonly spans: readonly Record<string, unknown>[]; readonly processes: Record<string, { readonly serviceName: string }> }[]; readonly errors: null }
  const { status, body } = await site().read<Jaeger>(`/v1/jaeger/api/traces/${trace}`);
  expect([status, body.errors, body.data.length, body.data[0]?.traceID]).toEqual([200, null, 1, trace]);
  const [first, second, third] = body.data[0]?.spans ?? [];
  expect(first).toMatchObject({ spanID: root.spanId, operationName: 'POST /v1/things', references: [], startTime: startMs * 1000, duration: 5000, warnings: null });
  expect(first?.['tags']).toEqual(expect.arrayContaining([
    { key: 'flag', type: 'bool', value: true }, { key: 'ratio', type: 'float64', value: 0.5 }, { key: 'http.response.status_code', type: 'int64', value: 201 }, { key: 'span.kind', type: 'string', value: 'server' },
  ]));
  expect(second).toMatchObject({ references: [{ refType: 'CHILD_OF', traceID: trace, spanID: root.spanId }], tags: expect.arrayContaining([{ key: 'error', type: 'bool', value: true }]) });
  expect(third?.['logs']).toEqual([{ timestamp: startMs * 1000 + 2000, fields: [{ key: 'event', type: 'string', value: 'who is it?\n<b>' }, { key: 'level', type: 'string', value: 'warn' }, { key: 'k', type: 'string', value: 'v' }] }]);
  expect(body.data[0]?.processes[String(third?.['processID'])]?.serviceName).toBe('auth');
});

test('journeys are filtered by service, route, status, duration, text and time, and paged', async () => {
  interface List { readonly journeys: readonly { readonly traceId: string }[]; readonly next: string | null }
  const find = async (query: string) => (await site().read<List>(`/v1/journeys?${query}`)).body;
  const made = Array.from({ length: 7 }, (_, i) => spanAt(60_000 + i, { name: i % 2 === 0 ? 'GET /v1/even' : 'GET /v1/odd', attributes: [attribute('http.response.status_code', i === 6 ? 500 : 200), attribute('note', `50%_${i}`)] }));
  const slow = { ...spanAt(70_000, { name: 'GET /v1/slow' }), endTimeUnixNano: String(BigInt(startMs + 72_000) * 1_000_000n) };
  await site().send('/v1/traces', traces('gateway', [...made, slow]));
  await site().send('/v1/traces', traces('configuration', [spanAt(60_001, { traceId: made[1]?.traceId, parentSpanId: made[1]?.spanId })]));
  await site().send('/v1/logs', logs('x', [lineAt(60_000, 'a needle', { traceId: made[2]?.traceId, spanId: spanId() })]));
  const ids = async (query: string) => (await find(query)).journeys.map((one) => [...made, slow, root].findIndex(({ traceId }) => traceId === one.traceId)).filter((place) => place >= 0);
  // Beside them are the traces of other programs that were sent above.
  expect(await ids('')).toEqual([7, 6, 5, 4, 3, 2, 1, 0, 8]);
  expect(await ids(`route=${encodeURIComponent('GET /v1/odd')}`)).toEqual([5, 3, 1]);
  expect(await ids('status=error')).toEqual([6, 8]);
  expect(await ids('service=configuration')).toEqual([1]);
  expect(await ids('minMs=1999')).toEqual([7]);
  expect(await ids(`maxMs=5&from=${startMs + 60_002}&to=${startMs + 60_004}`)).toEqual([3, 2]);
  expect(await ids('text=a%20needle')).toEqual([2]);
  expect(await ids(`text=${encodeURIComponent('50%_4')}`)).toEqual([4]);
  expect(await ids('text=%25')).toEqual([6, 5, 4, 3, 2, 1, 0]);
  const pages: number[][] = [];
  for (let next: string | null = ''; next !== null; next = (await find(`limit=4${next && `&before=${next}`}`)).next) pages.push(await ids(`limit=4${next && `&before=${next}`}`));
  expect(pages.flat()).toEqual([7, 6, 5, 4, 3, 2, 1, 0, 8]);
  expect((await site().read('/v1/journeys?before=x')).status).toBe(400);
});
