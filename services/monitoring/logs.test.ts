import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openEvents } from '../kit/test/events.ts';
import { until } from '../kit/test/until.ts';
import { attribute, lineAt, logs, spanId, startMs, traceId } from './test/otlp.ts';
import { startMonitoring, type Monitoring } from './test/start-monitoring.ts';

let monitoring: Monitoring;
beforeAll(async () => { monitoring = await startMonitoring(); }, 60_000);
afterAll(() => monitoring?.stop());

interface Line { readonly id: number; readonly at: number; readonly service: string; readonly level: string; readonly message: string; readonly traceId: string | null; readonly attributes: object }
interface Page { readonly lines: readonly Line[]; readonly next: number | null; readonly retentionDays: number }
const find = async (query: string, more = '') => (await monitoring.read<Page>(`/v1/logs?query=${encodeURIComponent(query)}${more}`)).body;
const messages = async (query: string, more = '') => (await find(query, more)).lines.map(({ message }) => message);
const trace = traceId();
const span = spanId();

test('lines are found by every kind of term, newest first', async () => {
  await monitoring.send('/v1/logs', logs('auth', [
    lineAt(0, 'signed in', { traceId: trace, spanId: span }), lineAt(1, 'wrong "password" 50%_off\\', { severityNumber: 13, attributes: [attribute('http.route', '/v1/x'), attribute('n', 7)] }),
    lineAt(2, '<b>no</b> \u001b[31m\tmarkup\nat all', { severityNumber: 17 }),
  ]));
  await monitoring.send('/v1/logs', logs('gateway', [lineAt(3, 'passed on', { traceId: trace }), lineAt(4, 'signed out', { severityNumber: 5 })]));
  expect(await messages('')).toEqual(['signed out', 'passed on', '<b>no</b> \u001b[31m\tmarkup\nat all', 'wrong "password" 50%_off\\', 'signed in']);
  expect(await messages('service:auth level>=warn')).toHaveLength(2);
  expect(await messages('level>=warn -service:auth')).toEqual([]);
  expect(await messages('signed -out')).toEqual(['signed in']);
  expect(await messages('-signed -service:auth')).toEqual(['passed on']);
  expect(await messages(String.raw`"\"password\" 50%_off\\"`)).toEqual(['wrong "password" 50%_off\\']);
  expect(await messages('50%_o%')).toEqual([]);
  expect(await messages('50_')).toEqual([]);
  expect(await messages('.*')).toEqual([]);
  expect(await messages('Signed')).toEqual([]);
  expect(await messages(`trace:${trace}`)).toEqual(['passed on', 'signed in']);
  expect(await messages(`span:${span}`)).toEqual(['signed in']);
  expect(await messages('attr.http.route:/v1/x')).toHaveLength(1);
  expect(await messages('attr.n:7 level:warn')).toHaveLength(1);
  expect(await messages('-attr.n:7')).toHaveLength(4);
  expect((await find(`span:${span}`)).lines[0]).toMatchObject({ at: startMs, service: 'auth', level: 'info', traceId: trace, spanId: span, attributes: {} });
});

test('pages follow each other without a gap or a double, also where times are equal', async () => {
  await monitoring.send('/v1/logs', logs('pages', Array.from({ length: 25 }, (_, i) => lineAt(100 + Math.floor(i / 10), `page line ${i}`))));
  const seen: string[] = [];
  let next: number | null = null;
  do {
    const page: Page = await find('service:pages', `&limit=10${next === null ? '' : `&before=${next}`}`);
    seen.push(...page.lines.map(({ message }) => message));
    next = page.next;
  } while (next !== null);
  expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => `page line ${24 - i}`));
  expect(await messages('service:pages', `&from=${startMs + 101}&to=${startMs + 102}`)).toHaveLength(10);
  expect(await find('')).toMatchObject({ source: 'own', retentionDays: 7 });
});

test.each<[string, string, RegExp]>([
  ['an unknown field', `query=${encodeURIComponent('a foo:b')}`, /character 3: there is no field foo/], ['a long one', `query=${'x'.repeat(501)}`, /does not fit/],
  ['a time that ends before it begins', 'from=5&to=5', /`to` must lie after/], ['a limit past the bound', 'limit=1001', /does not fit/],
])('%s is refused with a problem', async (_, query, detail) => {
  const { status, body } = await monitoring.read<{ detail: string; code: string }>(`/v1/logs?${query}`);
  expect([status, body.code]).toEqual([400, 'invalid_params']);
  expect(body.detail).toMatch(detail);
});

test('the histogram from kept counts is the one that reading the lines gives', async () => {
  interface Histogram { readonly from: number; readonly to: number; readonly stepMs: number; readonly total: number; readonly buckets: readonly { readonly at: number; readonly levels: Record<string, number> }[] }
  const at = (query: string, buckets: number) => monitoring.read<Histogram>(`/v1/logs/histogram?query=${encodeURIComponent(query)}&from=${startMs - 7_200_000}&to=${startMs + 7_200_000}&buckets=${buckets}`);
  for (const buckets of [200, 60, 3]) {
    const { body: counted } = await at('', buckets);
    // A text makes it read the lines; this one is in none of them.
    const { body: read } = await at('-"no such text"', buckets);
    expect(counted).toEqual(read);
    expect(counted.total).toBe(30);
    expect(counted.buckets.length).toBeLessThanOrEqual(buckets);
  }
  const { body } = await at('service:auth level>=warn', 60);
  expect(body.buckets.map(({ levels }) => levels)).toEqual([{ warn: 1, error: 1 }]);
  const facets = await monitoring.read<object>(`/v1/logs/facets?query=-service:pages&from=${startMs - 60_000}&to=${startMs + 60_000}`);
  expect(facets.body).toMatchObject({ services: [{ name: 'auth', count: 3 }, { name: 'gateway', count: 2 }], levels: [{ name: 'debug', count: 1 }, { name: 'info', count: 2 }, { name: 'warn', count: 1 }, { name: 'error', count: 1 }] });
});

test('the context of a line: before and after, of its service or of all', async () => {
  const [line] = (await find('"page line 12"')).lines;
  const around = async (more: string) => (await monitoring.read<Page>(`/v1/logs/${line?.id}/context?${more}`)).body.lines.map(({ message }) => message);
  expect(await around('lines=2')).toEqual([10, 11, 12, 13, 14].map((i) => `page line ${i}`));
  const [signed] = (await find('"signed in"')).lines;
  expect((await monitoring.read<Page>(`/v1/logs/${signed?.id}/context?lines=3&all=true`)).body.lines.map(({ service }) => service)).toEqual(['auth', 'auth', 'auth', 'gateway']);
  expect((await monitoring.read(`/v1/logs/999999999/context`)).status).toBe(404);
});

test('an export is NDJSON, whole, and says so at its end', async () => {
  await monitoring.send('/v1/logs', logs('many', Array.from({ length: 2500 }, (_, i) => lineAt(200 + i, `many ${i}`))));
  const { text, headers } = await monitoring.read('/v1/logs/export?query=service:many');
  expect(headers.get('content-type')).toBe('application/x-ndjson');
  const parsed = text.trimEnd().split('\n').map((one) => JSON.parse(one) as Partial<Line> & { end?: object });
  expect(parsed.pop()).toEqual({ end: { lines: 2500, cut: false } });
  expect(parsed.map(({ message }) => message)).toEqual(Array.from({ length: 2500 }, (_, i) => `many ${2499 - i}`));
  expect((await monitoring.read('/v1/logs/export?query=foo:bar')).status).toBe(400);
  expect((await monitoring.read('/v1/logs/export?query=service:nobody')).text).toBe('{"end":{"lines":0,"cut":false}}\n');
});

test('the tail tells new lines that fit, each once, and goes on where it was left', async () => {
  const events = (text: string) => [...text.matchAll(/^id: (\d+)\nevent: (\w+)\ndata: (.*)\n\n/gm)].map(([, id, event, data]) => ({ id: Number(id), event, lines: (JSON.parse(data ?? '') as Partial<Page>).lines ?? [] }));
  const told = (text: string) => events(text).flatMap(({ lines }) => lines.map(({ message }) => message));
  const url = `${monitoring.url}/v1/logs/tail?query=${encodeURIComponent('level>=warn service:tail')}`;
  const first = await openEvents(url, monitoring.viewer);
  await until('it has begun', () => events(first.text).length === 1);
  await monitoring.send('/v1/logs', logs('tail', [lineAt(9000, 'one', { severityNumber: 13 }), lineAt(9001, 'quiet')]));
  await until('one is told', () => told(first.text).length === 1);
  const last = events(first.text).at(-1)?.id ?? 0;
  first.leave();
  await monitoring.send('/v1/logs', logs('tail', [lineAt(9002, 'two', { severityNumber: 17 })]));
  await monitoring.send('/v1/logs', logs('tail', [lineAt(8000, 'late', { severityNumber: 17 })]));
  const again = await openEvents(url, { ...monitoring.viewer, 'last-event-id': String(last) });
  await until('what was missed is told', () => told(again.text).length === 2);
  expect(told(again.text)).toEqual(['two', 'late']);
  again.leave();
  const fromTheStart = await openEvents(`${url}&after=0`, monitoring.viewer);
  await until('all is told', () => told(fromTheStart.text).length === 3);
  fromTheStart.leave();
  const ahead = await openEvents(url, { ...monitoring.viewer, 'last-event-id': '999999999999' });
  await monitoring.send('/v1/logs', logs('tail', [lineAt(9003, 'three', { severityNumber: 17 })]));
  await until('an id that is ahead is now', () => told(ahead.text).length === 1);
  ahead.leave();
});

test('the end of everything is the same whether the last hour holds enough of it or not', async () => {
  const texts = ['3 hours ago', '2 hours ago', 'now', 'and now'];
  await monitoring.send('/v1/logs', logs('ages', [-7_200_000, -3_600_000, 3_590_000, 3_591_000].map((ms, i) => lineAt(ms, texts[i] ?? ''))));
  for (const query of ['service:ages', 'service:ages level:info', 'service:ages -bygone']) {
    for (const limit of [1, 2, 3, 4]) expect(await messages(query, `&limit=${limit}`)).toEqual(texts.toReversed().slice(0, limit));
  }
});
