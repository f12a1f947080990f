import { randomBytes } from 'node:crypto';

/** Makes what a sender would send. */
export const traceId = () => randomBytes(16).toString('hex');
export const spanId = () => randomBytes(8).toString('hex');
/** An hour ago: what is older than the retention, or ahead of the clock, is refused. */
export const startMs = Math.floor(Date.now() / 1000) * 1000 - 3_600_000;
const START = BigInt(startMs) * 1_000_000n;

/** Of milliseconds, also with a fraction. */
const nanosOf = (ms: number): bigint => BigInt(Math.round(ms * 1_000_000));
export function spanAt(ms: number, more: object = {}) {
  return {
    traceId: traceId(), spanId: spanId(), name: 'GET /v1/things', kind: 2,
    startTimeUnixNano: String(START + nanosOf(ms)), endTimeUnixNano: String(START + nanosOf(ms + 5)),
    attributes: [], status: {}, ...more,
  };
}
export function traces(service: string, spans: readonly unknown[]) {
  return { resourceSpans: [{ resource: { attributes: [attribute('service.name', service), attribute('journey.revision', 'worktree')] }, scopeSpans: [{ spans }] }] };
}
export function logs(service: string, logRecords: readonly unknown[]) {
  return { resourceLogs: [{ resource: { attributes: [attribute('service.name', service)] }, scopeLogs: [{ logRecords }] }] };
}
/** Increments of one counter (delta temporality): what counts twice when it is kept twice. */
export function increments(service: string, name: string, value: number, attributes: readonly unknown[]) {
  const sum = { aggregationTemporality: 1, isMonotonic: true, dataPoints: [{ startTimeUnixNano: '1', timeUnixNano: String(START), asInt: String(value), attributes }] };
  return { resourceMetrics: [{ resource: { attributes: [attribute('service.name', service)] }, scopeMetrics: [{ metrics: [{ name, sum }] }] }] };
}
export function lineAt(ms: number, text: string, more: object = {}) {
  return { timeUnixNano: String(START + BigInt(ms) * 1_000_000n), severityNumber: 9, body: { stringValue: text }, ...more };
}
export function attribute(key: string, value: string | number) {
  return { key, value: typeof value === 'string' ? { stringValue: value } : { intValue: value } };
}
