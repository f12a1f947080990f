import { OWN_SCOPE } from './extras.ts';
import { KEPT } from './resource.ts';
import type { Attributes, Described, LogLine, OpenSpan, Span, SpanEvent, SpanKind, SpanLink } from './span.ts';

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
    resourceSpans: groupsOf<Span | OpenSpan>([...spans, ...open], resourceOf, (some) => ({ scopeSpans: groupsOf(some, scopeOf, (those) => ({ spans: those.map(spanJson) })) })),
    ...(logs ? { resourceLogs: groupsOf(logs, resourceOf, (some) => ({ scopeLogs: [{ scope: { name: OWN_SCOPE }, logRecords: some.map(lineJson) }] })) } : {}),
  };
}

const KINDS: Readonly<Record<SpanKind, number>> = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 };
const SEVERITY: Readonly<Record<string, number>> = { trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 };
const isKept = (key: string): boolean => KEPT.some((kept) => kept === key);

/** Those of which `of` says the same stand together. */
function groupsOf<T>(all: readonly T[], of: (one: T) => object, inside: (some: readonly T[]) => object): readonly object[] {
  return [...Map.groupBy(all, (one) => JSON.stringify(of(one)))].map(([key, some]) => ({ ...JSON.parse(key), ...inside(some) }));
}

function resourceOf({ service, attributes, extras }: Pick<Span, 'service' | 'attributes' | 'extras'>): object {
  const kept = Object.fromEntries(KEPT.flatMap((key) => attributes[key] === undefined ? [] : [[key, attributes[key]]]));
  const { attributes: others, dropped, schema } = extras?.resource ?? {};
  return { resource: { attributes: keyValues({ ...others, 'service.name': service, ...kept }), ...droppedJson(dropped) }, ...schemaJson(schema) };
}

function scopeOf({ extras }: Span | OpenSpan): object {
  const { name, version, attributes, dropped, schema }: Described = extras?.scope ?? { name: OWN_SCOPE };
  const scope = { ...(name && { name }), ...(version && { version }), ...(attributes && { attributes: keyValues(attributes) }), ...droppedJson(dropped) };
  return { ...(Object.keys(scope).length === 0 ? {} : { scope }), ...schemaJson(schema) };
}
const schemaJson = (schemaUrl: string | undefined) => (schemaUrl === undefined ? {} : { schemaUrl });
const droppedJson = (droppedAttributesCount: number | undefined) => (droppedAttributesCount === undefined ? {} : { droppedAttributesCount });

function spanJson(span: Span | OpenSpan): object {
  const { traceState, events, links, dropped, isOk } = span.extras ?? {};
  return {
    traceId: span.traceId, spanId: span.spanId, ...(traceState === undefined ? {} : { traceState }), ...(span.parentId === null ? {} : { parentSpanId: span.parentId }),
    ...flagsJson(span.flags), name: span.name, kind: KINDS[span.kind],
    startTimeUnixNano: span.startedNs, endTimeUnixNano: 'endedNs' in span ? span.endedNs : '0', attributes: ownOf(span.attributes), ...droppedJson(dropped?.attributes),
    ...(events && { events: events.map(eventJson) }), ...(dropped?.events === undefined ? {} : { droppedEventsCount: dropped.events }),
    ...(links && { links: links.map(linkJson) }), ...(dropped?.links === undefined ? {} : { droppedLinksCount: dropped.links }),
    ...('endedNs' in span ? { status: { ...(span.isError ? { code: 2 } : isOk ? { code: 1 } : {}), ...(span.message === null ? {} : { message: span.message }) } } : {}),
  };
}
const flagsJson = (flags: number | undefined) => (flags === undefined ? {} : { flags });

function eventJson({ atNs, name, attributes, dropped }: SpanEvent): object {
  return { timeUnixNano: atNs, name, attributes: keyValues(attributes), ...droppedJson(dropped) };
}

function linkJson({ traceId, spanId, traceState, attributes, dropped, flags }: SpanLink): object {
  return { traceId, spanId, ...(traceState === undefined ? {} : { traceState }), attributes: keyValues(attributes), ...droppedJson(dropped), ...flagsJson(flags) };
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
