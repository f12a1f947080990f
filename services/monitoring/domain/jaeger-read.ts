import type { Attributes, Extras, LogLine, Span, SpanEvent, SpanKind } from './span.ts';

/** A trace as Jaeger's query service answers it, as far as it is used (jaeger/internal/uimodel/model.go). Times in whole microseconds. */
export interface JaegerTrace {
  readonly traceID: string;
  readonly spans: readonly JaegerSpan[];
  readonly processes: Readonly<Record<string, { readonly serviceName: string; readonly tags?: readonly Tag[] | null }>>;
}
export interface JaegerSpan {
  readonly spanID: string;
  readonly operationName: string;
  readonly references?: readonly { readonly refType: string; readonly traceID: string; readonly spanID: string }[] | null;
  readonly startTime: number;
  readonly duration: number;
  readonly tags?: readonly Tag[] | null;
  readonly logs?: readonly { readonly timestamp: number; readonly fields: readonly Tag[] }[] | null;
  readonly processID: string;
}
interface Tag { readonly key: string; readonly value: unknown }

const KINDS: readonly SpanKind[] = ['server', 'client', 'internal', 'producer', 'consumer'];
const OWN: ReadonlySet<string> = new Set(['span.kind', 'error', 'otel.status_code', 'otel.status_description']);

/** Its spans and what they logged, earlier ones first. What has a level is a line, everything else that a span logged an event of it. */
export function readJaeger({ traceID, spans, processes }: JaegerTrace): { readonly spans: readonly Span[]; readonly lines: readonly LogLine[] } {
  const traceId = idOf(traceID, 32);
  const read = spans.map((raw) => ({ raw, span: spanOf(raw, traceId, processes[raw.processID]) }));
  return {
    spans: read.map(({ span }) => span).toSorted((a, b) => compare(a.startedNs, b.startedNs) || (a.spanId < b.spanId ? -1 : 1)),
    lines: read.flatMap(({ raw, span }) => (raw.logs ?? []).filter(isLine).map((log) => lineOf(log, span))).toSorted((a, b) => compare(a.atNs, b.atNs)),
  };
}

type Logged = NonNullable<JaegerSpan['logs']>[number];
const isLine = ({ fields }: Logged): boolean => fields.some(({ key }) => key === 'level');

function spanOf({ spanID, operationName, references, startTime, duration, tags, processID, logs }: JaegerSpan, traceId: string, process: JaegerTrace['processes'][string] | undefined): Span {
  const all = objectOf(tags);
  const within = (references ?? []).filter((one) => idOf(one.traceID, 32) === traceId);
  const parent = within.find(({ refType }) => refType === 'CHILD_OF') ?? within[0];
  const message = all['otel.status_description'];
  const events = (logs ?? []).filter((log) => !isLine(log)).slice(0, MOST).map(eventOf);
  const links = (references ?? []).filter((one) => one !== parent).slice(0, MOST).map((one) => ({ traceId: idOf(one.traceID, 32), spanId: idOf(one.spanID, 16), attributes: {} }));
  const extras: Extras = { ...(events.length > 0 && { events }), ...(links.length > 0 && { links }) };
  return {
    traceId, spanId: idOf(spanID, 16), parentId: parent ? idOf(parent.spanID, 16) : null,
    service: process?.serviceName ?? processID, name: operationName, kind: KINDS.find((kind) => kind === all['span.kind']) ?? 'internal',
    startedNs: nanos(startTime), endedNs: nanos(startTime + duration),
    isError: all['error'] === true || all['error'] === 'true' || all['otel.status_code'] === 'ERROR', message: typeof message === 'string' ? message : null,
    attributes: { ...objectOf(process?.tags), ...Object.fromEntries(Object.entries(all).filter(([key]) => !OWN.has(key))) },
    ...(Object.keys(extras).length > 0 && { extras }),
  };
}

function eventOf({ timestamp, fields }: Logged): SpanEvent {
  const { event, message, ...attributes } = objectOf(fields);
  return { atNs: nanos(timestamp), name: String(event ?? message ?? ''), attributes: event === undefined || message === undefined ? attributes : { message, ...attributes } };
}

/** `event` is what OpenTelemetry calls it, `message` what Jaeger's own clients did. */
function lineOf({ timestamp, fields }: Logged, { traceId, spanId, service }: Span): LogLine {
  const { event, message, level, ...attributes } = objectOf(fields);
  return { traceId, spanId, service, level: typeof level === 'string' ? level : 'info', message: String(event ?? message ?? ''), atNs: nanos(timestamp), attributes };
}

/** Older ones leave zeros out at the front. */
const idOf = (id: string, digits: number): string => id.toLowerCase().padStart(digits, '0');
/** Events and links of one span. */
const MOST = 128;
const nanos = (micros: number): string => `${Math.round(micros)}000`;
const compare = (a: string, b: string): number => (BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0);
const objectOf = (tags: readonly Tag[] | null | undefined): Attributes => Object.fromEntries((tags ?? []).slice(0, 128).map(({ key, value }) => [key, value]));
