import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseLogQuery } from '../domain/log-query.ts';
import type { LogLine } from '../domain/span.ts';
import { spanId, startMs, traceId } from '../test/otlp.ts';
import type { Line, LogStore, Range } from './log-port.ts';

/** A source, and a way to bring lines there as those do who write to it. */
export interface LogsPlace {
  readonly source: LogStore;
  write(lines: readonly LogLine[]): Promise<void>;
  /** The server that it reads goes away, as in a crash. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const HOUR = 3_600_000;
const ALL: Range = { fromMs: startMs - HOUR, toMs: startMs + HOUR };
const line = (service: string, ms: number, message: string, more: Partial<LogLine> = {}): LogLine => ({
  traceId: null, spanId: null, service, level: 'info', message, atNs: String(BigInt(startMs + ms) * 1_000_000n), attributes: {}, ...more,
});
const [trace, span] = [traceId(), spanId()];

/** What every source of log lines promises, whatever it is made of. */
export function logsSuite(start: () => Promise<LogsPlace>): void {
  let place: LogsPlace;
  beforeAll(async () => {
    place = await start();
    await place.write([
      line('auth', 0, 'signed in', { traceId: trace, spanId: span }),
      line('auth', 1, 'wrong "password" 50%_off\\', { level: 'warn', attributes: { 'http.route': '/v1/x', n: 7 } }),
      line('auth', 2, '<b>no</b> \u001b[31m\tmarkup\nat all * ? [x]', { level: 'error', attributes: { note: 'two words' } }),
      line('gateway', 3, 'passed on', { traceId: trace }), line('gateway', 4, 'signed out', { level: 'debug' }),
    ]);
    await place.write(Array.from({ length: 25 }, (_, i) => line('pages', 100 + Math.floor(i / 10), `page line ${i}`)));
  }, 200_000);
  afterAll(() => place?.stop());

  const find = (query: string, range = ALL, limit = 200, before?: number) => place.source.find(parseLogQuery(query), range, limit, before);
  const messages = async (query: string) => (await find(`${query} -service:pages`)).map(({ message }) => message);
  const [signedIn, wrong, markup, passed, out] = ['signed in', 'wrong "password" 50%_off\\', '<b>no</b> \u001b[31m\tmarkup\nat all * ? [x]', 'passed on', 'signed out'];

  test.each<[string, readonly string[]]>([
    ['', [out, passed, markup, wrong, signedIn]], ['service:auth level>=warn', [markup, wrong]], ['level>=warn -service:auth', []], ['level<=info', [out, passed, signedIn]], ['-level:info', [out, markup, wrong]],
    ['signed -out', [signedIn]], ['igned', [out, signedIn]], ['-signed -service:auth', [passed]], [String.raw`"\"password\" 50%_off\\"`, [wrong]], ['"d on"', [passed]], [String.raw`"\\"`, [wrong]], [String.raw`"off\\*"`, []], [String.raw`"50.\\"`, []],
    ['50%_o%', []], ['50_', []], ['.*', []], ['s*d', []], ['si?ned', []], ['"* ? [x]"', [markup]], ['"\n"', [markup]], ['Signed', []], ['"signed in" OR passed', []], ['/signed/', []], ['[x]', [markup]],
    [`trace:${trace}`, [passed, signedIn]], [`span:${span}`, [signedIn]], [`trace:${'0'.repeat(31)}1`, []], ['service:"auth OR gateway"', []], ['service:*', []],
    ['attr.http.route:/v1/x', [wrong]], ['attr.http.route:/v1', []], ['attr.n:7 level:warn', [wrong]], ['attr.n:seven', []], ['-attr.n:7', [out, passed, markup, signedIn]], ['attr.note:"two words"', [markup]], ['attr.note:two', []], ['attr.no.such:1', []],
  ])('the search %j finds what it says, newest first', async (query, expected) => {
    expect(await messages(query)).toEqual(expected);
  });

  test('a line has all that was written', async () => {
    const [found] = await find(`span:${span}`);
    expect(found).toEqual({ id: expect.any(Number), at: startMs, service: 'auth', level: 'info', message: signedIn, traceId: trace, spanId: span, attributes: {} });
    expect((await find('attr.n:7'))[0]).toMatchObject({ traceId: null, spanId: null, attributes: { 'http.route': '/v1/x', n: 7 } });
  });

  test('pages follow each other without a gap or a double, also where times are equal; ids are safe numbers and differ', async () => {
    const seen: Line[] = [];
    for (let before: number | undefined; ;) {
      const page = await find('service:pages', ALL, 7, before);
      seen.push(...page);
      before = page.at(-1)?.id;
      if (page.length < 7) break;
    }
    expect(seen.map(({ message }) => message)).toEqual(Array.from({ length: 25 }, (_, i) => `page line ${24 - i}`));
    expect(new Set(seen.map(({ id }) => id)).size).toBe(25);
    expect(seen.every(({ id }) => Number.isSafeInteger(id) && id > 0)).toBe(true);
    expect(await find('service:pages', { fromMs: startMs + 101, toMs: startMs + 102 })).toHaveLength(10);
    expect(await find('service:pages', ALL, 7, 999_999_999_999_999)).toEqual([]);
  });

  test.each([200, 60, 3])('counts in %i buckets are those of the lines', async (buckets) => {
    for (const query of ['', '-"no such text"', 'service:auth level>=warn', '-service:auth']) {
      const { counts, fromMs, toMs, stepMs } = await place.source.count(parseLogQuery(query), ALL, buckets);
      const lines = await find(query, { fromMs, toMs });
      const expected = Map.groupBy(lines, ({ at, service, level }) => `${fromMs + Math.floor((at - fromMs) / stepMs) * stepMs} ${service} ${level}`);
      expect(Object.fromEntries(counts.map(({ at, service, level, count }) => [`${at} ${service} ${level}`, count]))).toEqual(Object.fromEntries([...expected].map(([key, some]) => [key, some.length])));
      expect([fromMs % stepMs, (toMs - fromMs) / stepMs <= buckets]).toEqual([0, true]);
      expect(fromMs).toBeLessThanOrEqual(ALL.fromMs);
      expect(toMs).toBeGreaterThanOrEqual(ALL.toMs);
    }
  });

  test('the lines around one: of its service or of all, in the order of time', async () => {
    const [middle] = await find('"page line 12"');
    const around = async (id: number, lines: number, all: boolean) => (await place.source.around(id, lines, all))?.map(({ message }) => message) ?? null;
    expect(await around(middle?.id ?? 0, 2, false)).toEqual([10, 11, 12, 13, 14].map((i) => `page line ${i}`));
    const [signed] = await find('"signed in"');
    expect(await around(signed?.id ?? 0, 3, true)).toEqual([signedIn, wrong, markup, passed]);
    expect(await around(signed?.id ?? 0, 9, false)).toEqual([signedIn, wrong, markup]);
    expect(await around(999_999_999, 3, true)).toBeNull();
  });

  test('who follows is told each line once, from where it was left up to the newest', async () => {
    const before = await place.source.newest();
    await place.write(Array.from({ length: 12 }, (_, i) => line('tail', 1000 + Math.floor(i / 5), `tail ${i}`, { level: i % 2 === 0 ? 'warn' : 'info' })));
    const newest = await place.source.newest();
    expect(newest).toBeGreaterThan(before);
    const told: Line[] = [];
    for (let after = before; ;) {
      const page = await place.source.since(parseLogQuery('service:tail'), after, newest, 5);
      told.push(...page);
      after = page.at(-1)?.id ?? newest;
      if (page.length < 5) break;
    }
    expect(told.map(({ message }) => message)).toEqual(Array.from({ length: 12 }, (_, i) => `tail ${i}`));
    expect(told.at(-1)?.id).toBe(newest);
    expect((await place.source.since(parseLogQuery('level:warn'), before, newest, 500)).map(({ message }) => message)).toEqual([0, 2, 4, 6, 8, 10].map((i) => `tail ${i}`));
    expect((await place.source.since([], before, told[6]?.id ?? 0, 500)).map(({ message }) => message)).toEqual([0, 1, 2, 3, 4, 5, 6].map((i) => `tail ${i}`));
    expect(await place.source.since([], newest, newest, 500)).toEqual([]);
    expect(place.source.earliestTold(newest)).toBeLessThan(newest);
  });

  test('while it is away the answer is "unavailable", with what helps', async () => {
    await place.kill();
    await expect(find('')).rejects.toMatchObject({ code: 'unavailable', detail: expect.stringMatching(/does not answer/), fix: expect.stringMatching(/\w/) });
    await expect(place.source.count([], ALL, 3)).rejects.toMatchObject({ code: 'unavailable' });
  }, 20_000);
}
