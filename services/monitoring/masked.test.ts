import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { attribute, lineAt, logs, spanAt, traceId, traces } from './test/otlp.ts';
import { startMonitoring, type Monitoring } from './test/start-monitoring.ts';

let site: Monitoring;
beforeAll(async () => { site = await startMonitoring(); }, 60_000);
afterAll(() => site?.stop());

/** What no store, answer or export may hold. */
const CANARY = 'canary7f3a';
/** By key, whatever the value is; and inside a text, whatever the key is. */
const HOSTILE = [
  ...['authorization', 'http.request.header.authorization', 'http.request.header.set-cookie', 'http.request.header.x_api_key', 'Cookie', 'db.password', 'enduser.refreshToken', `${'long.'.repeat(60)}secret`].map((key) => attribute(key, `${CANARY} by key`)),
  { key: 'http.response.header.set-cookie', value: { arrayValue: { values: [{ stringValue: CANARY }] } } },
  { key: 'request', value: { kvlistValue: { values: [{ key: 'headers', value: { kvlistValue: { values: [attribute('proxy-authorization', CANARY)] } } }] } } },
  attribute('url.full', `https://ada:${CANARY}@example.com/`), attribute('note', `called with bearer ${CANARY}${CANARY}`), attribute('argument', `eyJhbGciOiJIUzI1NiJ9.${CANARY}.${CANARY}`),
  attribute('url.query', `page=2&access_token=${CANARY}`), attribute('http.request.body', `{"name":"ada","password":"${CANARY}"}`), attribute('http.request.head', `GET /\r\nCookie: a=${CANARY}\r\n`),
  attribute('cut', `${'x'.repeat(4090)} Bearer ${CANARY}${CANARY}`),
];
const MASKED = HOSTILE.length;
const resource = [attribute('service.name', 'foreign'), attribute('process.token', CANARY), attribute('service.version', `1 Basic ${CANARY}${CANARY}`)];
const inText = `Bearer ${CANARY}${CANARY}`;

/** A batch in which every place that holds attributes or a text holds credentials. @returns how many */
function hostile(trace: string) {
  const at = spanAt(0, { traceId: trace, name: `GET ${inText}`, status: { code: 2, message: inText }, traceState: `a=eyJhbGciOiJIUzI1NiJ9.${CANARY}.x`, attributes: [...HOSTILE, attribute(inText, 'in the key itself')] });
  const span = { ...at, events: [{ timeUnixNano: at.startTimeUnixNano, name: inText, attributes: HOSTILE }], links: [{ traceId: trace, spanId: at.spanId, attributes: HOSTILE }] };
  const sent = traces('foreign', [span]);
  const scoped = sent.resourceSpans.map((group) => ({ ...group, resource: { attributes: resource }, scopeSpans: [{ scope: { name: inText, attributes: [attribute('secret', CANARY)] }, spans: [span] }] }));
  const lines = logs('foreign', [
    lineAt(1, inText, { traceId: trace, attributes: HOSTILE }),
    { ...lineAt(2, ''), traceId: trace, body: { kvlistValue: { values: HOSTILE } } },
  ]);
  return { spans: { resourceSpans: scoped }, lines: { resourceLogs: lines.resourceLogs.map((group) => ({ ...group, resource: { attributes: resource } })) }, inSpans: 3 * MASKED + 5 + 2 + 2, inLines: 2 * MASKED + 1 + 2 };
}
async function stored(): Promise<string> {
  const tables = (await site.sql(`select relname from pg_class where relkind in ('r', 'p') and relnamespace = current_schema()::regnamespace order by 1`)).map(({ relname }) => String(relname));
  expect(tables).toEqual(expect.arrayContaining(['spans', 'logs', 'open_spans', 'metric_series']));
  const rows: string[] = [];
  for (const table of tables) rows.push(JSON.stringify(await site.sql(`select t::text from ${table} t`)));
  return rows.join('\n');
}

test('credentials in what a foreign program sends reach no table, answer or export; how many were masked is told', async () => {
  const trace = traceId();
  const { spans, lines, inSpans, inLines } = hostile(trace);
  expect(JSON.stringify([spans, lines]).split(CANARY).length).toBeGreaterThan(80);
  expect([(await site.send('/v1/traces', spans)).body, (await site.send('/v1/logs', lines)).body]).toEqual([{}, {}]);
  const points = [{ timeUnixNano: spanAt(0).startTimeUnixNano, asInt: '1', attributes: [attribute('api_key', CANARY), attribute('http.route', '/x')] }];
  await site.send('/v1/metrics', { resourceMetrics: [{ resource: { attributes: [attribute('service.name', 'foreign')] }, scopeMetrics: [{ metrics: [{ name: 'sold', sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints: points } }] }] }] });

  const answers: string[] = [];
  for (const path of [`/v1/journeys/${trace}`, `/v1/journeys/${trace}/otlp?logs=true`, `/v1/jaeger/api/traces/${trace}`, '/v1/logs?query=service:foreign', '/v1/logs/export?query=service:foreign', '/v1/metrics/names']) {
    const { status, text } = await site.read(path);
    expect([path, status]).toEqual([path, 200]);
    answers.push(text);
  }
  const kept = await stored();
  for (const text of [...answers, kept]) expect(text.split(CANARY).length - 1).toBe(0);
  // It was there to be seen: the mask stands in its place, and what is beside it is whole.
  for (const text of [...answers.slice(0, 4), kept]) expect(text).toContain('[secret]');
  expect(answers[0]).toContain('"url.full":"https://[secret]@example.com/"');

  const masked = [{ signal: 'traces', values: inSpans }, { signal: 'logs', values: inLines }, { signal: 'metrics', values: 1 }];
  expect((await site.read<object>('/v1/telemetry')).body).toMatchObject({ masked });
  expect(await (await fetch(`${site.metricsUrl}/metrics`)).text()).toMatch(new RegExp(`telemetry_masked_values_total\\{signal="traces".*\\} ${inSpans}\\n`));
  // What is exported is masked already; what somebody brings by hand goes the same way.
  await site.post('/v1/journeys/import', JSON.parse(answers[1] ?? '{}'));
  expect((await site.read<object>('/v1/telemetry')).body).toMatchObject({ masked });
  await site.post('/v1/journeys/import', { ...hostile(traceId()).spans });
  expect((await site.read<object>('/v1/telemetry')).body).toMatchObject({ masked: [{ signal: 'traces', values: 2 * inSpans }, masked[1], masked[2]] });
  expect((await stored()).includes(CANARY)).toBe(false);
});
