import { KEPT } from './resource.ts';
import type { Attributes, LogLine, OpenSpan, Span, SpanKind } from './span.ts';

/**
 * What was kept, as OTLP/JSON (opentelemetry-proto 1.x, "JSON Protobuf Encoding"): the same spans and lines come out of it again.
 * What a span and its line know of their sender stands at the resource, where it came from.
 */
export interface OtlpJson {
  readonly resourceSpans: readonly object[];
  /** The member of an ExportLogsServiceRequest, beside the spans: one document for the whole journey. */
  readonly resourceLogs?: readonly object[];
}

export function otlpOf(spans: readonly Span[], open: readonly OpenSpan[], logs?: readonly LogLine[]): OtlpJson {
  return {
    resourceSpans: grouped<Span | OpenSpan>([...spans, ...open], (some) => ({ scopeSpans: [{ scope: { name: 'request-journey' }, spans: some.map(spanJson) }] })),
    ...(logs ? { resourceLogs: grouped(logs, (some) => ({ scopeLogs: [{ scope: { name: 'request-journey' }, logRecords: some.map(lineJson) }] })) } : {}),
  };
}

const KINDS: Readonly<Record<SpanKind, number>> = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 };
const SEVERITY: Readonly<Record<string, number>> = { trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 };
const isKept = (key: string): boolean => KEPT.some((kept) => kept === key);

function grouped<T extends { readonly service: string; readonly attributes: Attributes }>(all: readonly T[], inside: (some: readonly T[]) => object): readonly object[] {
  const resourceOf = ({ service, attributes }: T) => ({ attributes: keyValues({ 'service.name': service, ...Object.fromEntries(KEPT.flatMap((key) => attributes[key] === undefined ? [] : [[key, attributes[key]]])) }) });
  return [...Map.groupBy(all, (one) => JSON.stringify(resourceOf(one)))].map(([key, some]) => ({ resource: JSON.parse(key), ...inside(some) }));
}

function spanJson(span: Span | OpenSpan): object {
  return {
    traceId: span.traceId, spanId: span.spanId, ...(span.parentId === null ? {} : { parentSpanId: span.parentId }), name: span.name, kind: KINDS[span.kind],
    startTimeUnixNano: span.startedNs, endTimeUnixNano: 'endedNs' in span ? span.endedNs : '0', attributes: ownOf(span.attributes),
    ...('endedNs' in span ? { status: { ...(span.isError ? { code: 2 } : {}), ...(span.message === null ? {} : { message: span.message }) } } : {}),
  };
}

function lineJson(line: LogLine): object {
  return {
    timeUnixNano: line.atNs, severityNumber: SEVERITY[line.level] ?? 9, severityText: line.level.toUpperCase(), body: { stringValue: line.message }, attributes: ownOf(line.attributes),
    ...(line.traceId === null ? {} : { traceId: line.traceId }), ...(line.spanId === null ? {} : { spanId: line.spanId }),
  };
}

const ownOf = (attributes: Attributes) => keyValues(Object.fromEntries(Object.entries(attributes).filter(([key]) => !isKept(key))));
/** In the order of their keys: the same attributes are the same text. */
function keyValues(attributes: Attributes): readonly object[] {
  return Object.keys(attributes).toSorted().map((key) => ({ key, value: anyJson(attributes[key]) }));
}

function anyJson(value: unknown): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyJson) } };
  return typeof value === 'object' && value !== null ? { kvlistValue: { values: keyValues({ ...value }) } } : {};
}
