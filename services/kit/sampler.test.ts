import { expect, test } from '@jest/globals';
import { ROOT_CONTEXT, SpanKind, trace, TraceFlags } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { randomBytes } from 'node:crypto';
import { samplerOf } from './sampler.ts';
import { newWatchedTraceId } from './watched.ts';

const decided = (share: number, traceId: string, parent?: TraceFlags) => {
  const at = parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: '00f067aa0ba902b7', traceFlags: parent, isRemote: true });
  return samplerOf(share).shouldSample(at, traceId, 'GET /', SpanKind.SERVER, {}, []).decision === SamplingDecision.RECORD_AND_SAMPLED;
};
const ids = Array.from({ length: 4000 }, () => randomBytes(16).toString('hex'));

test('a share of the traces that begin here', () => {
  expect(ids.filter((id) => decided(0.25, id)).length / ids.length).toBeCloseTo(0.25, 1);
  expect(ids.every((id) => decided(1, id))).toBe(true);
  expect(ids.some((id) => decided(0, id))).toBe(false);
});

test('one that somebody watches always', () => {
  expect(decided(0, newWatchedTraceId())).toBe(true);
});

test('whoever began the trace has decided for all that follow', () => {
  const [id] = ids;
  expect(decided(0, id ?? '', TraceFlags.SAMPLED)).toBe(true);
  expect(decided(1, id ?? '', TraceFlags.NONE)).toBe(false);
});

test.each([-0.1, 1.1, Number.NaN])('%p is no share', (share) => {
  expect(() => samplerOf(share)).toThrow('TRACE_SHARE');
});
