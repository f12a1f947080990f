import { afterEach, expect, test } from '@jest/globals';
import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { Registry } from 'prom-client';
import { openDrops } from './drops.ts';
import { span } from './telemetry.ts';
import { testKit, type TestKit } from './test/kit.ts';
import { thing } from './test/thing.ts';
import { until } from './test/until.ts';
import { newWatchedTraceId } from './watched.ts';

let kit: TestKit<typeof thing>;
afterEach(() => kit.close());

/** In the place of monitoring: keeps every batch waiting while it is away, and notes what it took. */
function receiver<One>(nameOf: (one: One) => string) {
  const held: (() => void)[] = [];
  const state = { isAway: true, refuses: false, arrived: new Array<string>() };
  const take = (batch: One[], done: (result: ExportResult) => void) => {
    if (state.refuses) return done({ code: ExportResultCode.FAILED, error: new Error('400') });
    state.arrived.push(...batch.map(nameOf));
    done({ code: ExportResultCode.SUCCESS });
  };
  return {
    state,
    back() {
      state.isAway = false;
      for (const offer of held.splice(0)) offer();
    },
    exporter: {
      export(batch: One[], done: (result: ExportResult) => void) {
        if (state.isAway) held.push(() => take(batch, done));
        else take(batch, done);
      },
      shutdown: () => Promise.resolve(), forceFlush: () => Promise.resolve(),
    },
  };
}

function open() {
  const [spans, logs] = [receiver((one: ReadableSpan) => one.name), receiver((one: ReadableLogRecord) => String(one.body))];
  kit = testKit(thing, {}, { exporters: { spans: spans.exporter, logs: logs.exporter } });
  return { spans, logs };
}
const dropped = async (signal: string) => Number(new RegExp(`^telemetry_dropped_records_total\\{signal="${signal}",service_name="thing"\\} (\\d+)$`, 'm').exec(await kit.metrics.metrics())?.[1]);
const said = (signal: string) => kit.lines.filter((line) => line['signal'] === signal).map(({ level, dropped: records }) => [level, records]);
const begin = async (names: string[], traceId = 'a'.repeat(32)) => {
  for (const name of names) await span(name, { kind: 'internal', parent: `00-${traceId}-${'b'.repeat(16)}-01` }, () => Promise.resolve());
};
const names = (of: string, count: number) => Array.from({ length: count }, (_, n) => `${of} ${n}`);

test('of spans, exactly what never arrived is counted, and its beginning and end are said once', async () => {
  const { spans, logs } = open();
  logs.back();
  expect([await dropped('traces'), await dropped('logs')]).toEqual([0, 0]);
  await begin(names('usual', 6000));
  await begin(names('watched', 5000), newWatchedTraceId());
  const lost = await dropped('traces');
  expect(lost).toBeGreaterThan(1000);
  expect(said('traces')).toEqual([['warn', undefined]]);
  spans.back();
  await until('all that waited arrived', () => new Set(spans.state.arrived).size === 11_000 - lost);
  await until('its end is said', () => said('traces').length > 1);
  expect(said('traces')).toEqual([['warn', undefined], ['info', lost]]);
  await begin(['after']);
  await until('what came later arrived', () => spans.state.arrived.includes('after'));
  expect([await dropped('traces'), await dropped('logs')]).toEqual([lost, 0]);
  // It is about no request.
  expect(kit.lines.filter((line) => line['signal'] === 'traces' && 'trace_id' in line)).toEqual([]);
}, 30_000);

test('of lines it is the same, and the warning may be among them', async () => {
  const { logs } = open();
  for (const name of names('line', 6000)) kit.log.info(name);
  const lost = await dropped('logs');
  expect(lost).toBeGreaterThan(1000);
  logs.back();
  await until('its end is said', () => said('logs').length > 1);
  await until('all that waited arrived', () => logs.state.arrived.length === kit.lines.length - lost);
  expect(said('logs')).toEqual([['warn', undefined], ['info', lost]]);
  expect(await dropped('logs')).toBe(lost);
}, 30_000);

/** Both are there again, and spans are refused for good. */
function openRefusing() {
  const { spans, logs } = open();
  spans.state.refuses = true;
  spans.back();
  logs.back();
  return spans;
}

test('a batch that is given up is counted; a beginning that was refused is not, since the span comes when it ends', async () => {
  const spans = openRefusing();
  const ends = Promise.withResolvers<void>();
  const long = span('long', { kind: 'internal', parent: `00-${newWatchedTraceId()}-${'b'.repeat(16)}-01` }, () => ends.promise);
  await new Promise((resolve) => { setTimeout(resolve, 100); });
  spans.state.refuses = false;
  ends.resolve();
  await long;
  await until('the end arrived', () => spans.state.arrived.includes('long'));
  expect(await dropped('traces')).toBe(0);
  spans.state.refuses = true;
  await begin(names('refused', 3));
  await until('they are given up', async () => await dropped('traces') === 3);
  spans.state.refuses = false;
  await begin(['taken']);
  await until('its end is said', () => said('traces').length > 1);
  expect(said('traces')).toEqual([['warn', undefined], ['info', 3]]);
}, 30_000);

test('at the end of the process, what does not arrive is counted and not warned of', async () => {
  openRefusing();
  await begin(names('last', 2));
  await kit.telemetry.close();
  expect([await dropped('traces'), said('traces')]).toEqual([2, []]);
});

test('a slow receiver, which takes a batch while the queue stays full, is no end of it', async () => {
  kit = testKit(thing);
  const queue = openDrops(new Registry(), () => kit.log).queue('logs', 4);
  const fill = () => Array.from({ length: 6 }, () => queue.takes()).filter(Boolean).length;
  expect(fill()).toBe(4);
  for (let round = 0; round < 3; round++) {
    queue.left(1);
    queue.settled(1, true);
    expect(fill()).toBe(1);
  }
  expect(said('logs')).toEqual([['warn', undefined]]);
  queue.left(2);
  queue.settled(2, true);
  expect(said('logs')).toEqual([['warn', undefined], ['info', 2 + 3 * 5]]);
});
