import { expect, test } from '@jest/globals';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { Registry } from 'prom-client';
import { openDrops } from './drops.ts';
import { openTelemetry } from './exporter.ts';
import { span } from './telemetry.ts';
import { testKit } from './test/kit.ts';
import { thing } from './test/thing.ts';
import { until } from './test/until.ts';
import { isWatched, newWatchedTraceId } from './watched.ts';

test('an id that is watched says so, and is random otherwise', () => {
  const ids = Array.from({ length: 100 }, newWatchedTraceId);
  expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id) && isWatched(id))).toBe(true);
  expect(new Set(ids).size).toBe(100);
  expect(isWatched('a'.repeat(32))).toBe(false);
});

/** Notes each span as it leaves: its name, and whether it had ended. */
function noting() {
  const left: string[] = [];
  const spans = { export: (some: ReadableSpan[], done: (result: { code: number }) => void) => { left.push(...some.map((one) => `${one.name} ${one.endTime[0] === 0 ? 'begun' : 'ended'}`)); done({ code: 0 }); }, shutdown: () => Promise.resolve() } as unknown as SpanExporter;
  return { left, exporters: { spans, logs: { export: (_: unknown, done: (result: { code: number }) => void) => done({ code: 0 }), shutdown: () => Promise.resolve(), forceFlush: () => Promise.resolve() } } };
}

test('its spans leave when they begin and when they end, a short one once; others only when they have ended', async () => {
  const kit = testKit(thing);
  const { left, exporters } = noting();
  const telemetry = openTelemetry('thing', 'v', kit.standard, openDrops(new Registry(), () => kit.log), exporters as never);
  const ends = Promise.withResolvers<void>();
  const traceparent = (traceId: string) => `00-${traceId}-${'b'.repeat(16)}-01`;
  const long = (name: string, traceId: string) => span(name, { kind: 'internal', parent: traceparent(traceId) }, () => ends.promise);
  const both = Promise.all([long('watched', newWatchedTraceId()), long('usual', 'a'.repeat(32))]);
  await span('short', { kind: 'internal', parent: traceparent(newWatchedTraceId()) }, () => Promise.resolve());
  await until('the beginning is told', () => left.includes('watched begun'));
  await until('the short one is told', () => left.includes('short ended'));
  expect(left).not.toContain('short begun');
  ends.resolve();
  await both;
  await until('the end is told', () => left.includes('watched ended'));
  await telemetry.close();
  expect(left.toSorted()).toEqual(['short ended', 'usual ended', 'watched begun', 'watched ended']);
  await kit.close();
});

test('a root gets the id that was chosen for it, and only that one', async () => {
  const kit = testKit(thing);
  const id = newWatchedTraceId();
  const [first, second] = [kit.telemetry.withTraceId(id, () => kit.telemetry.tracer.startSpan('a', { root: true })), kit.telemetry.tracer.startSpan('b', { root: true })];
  expect(first.spanContext().traceId).toBe(id);
  expect(second.spanContext().traceId).not.toBe(id);
  expect(() => kit.telemetry.withTraceId(id, () => { throw new Error('x'); })).toThrow('x');
  expect(kit.telemetry.tracer.startSpan('c', { root: true }).spanContext().traceId).not.toBe(id);
  await kit.close();
});
